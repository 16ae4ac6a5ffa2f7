package io.github.storeproof.store.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EarlyWritesTest {
  private static final long MUCH = 64 << 20;

  private final AtomicInteger writeCount = new AtomicInteger();
  private final EarlyWrites writes = new EarlyWrites(writeCount::incrementAndGet);

  @Test
  void muchIsWrittenBeforeTheEnd() throws Exception {
    writes.written(MUCH);
    writes.pause();
    assertThat(writeCount).hasValue(1);
  }

  @Test
  void littleIsLeftToTheEnd() throws Exception {
    writes.written(1);
    writes.pause();
    assertThat(writeCount).hasValue(0);
  }

  @Test
  void nothingBeginsDuringAPause() throws Exception {
    writes.pause();
    writes.written(MUCH);
    writes.resume();
    writes.pause();
    assertThat(writeCount).hasValue(0);
  }

  @Test
  void aFailureIsToldAtEachPause() {
    EarlyWrites failing =
        new EarlyWrites(() -> {
          throw new IOException("No space left on device");
        });
    failing.written(MUCH);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(failing::pause)
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.FULL))
          .hasMessageContaining("No space left on device");
      failing.resume();
    }
  }
}
