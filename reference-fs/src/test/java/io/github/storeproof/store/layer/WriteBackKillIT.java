package io.github.storeproof.store.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.model.PathInfo;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.store.file.KilledProcess;
import io.github.storeproof.store.nar.Nars;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A process that puts into a near store, and pushes to a far one, is killed at random moments.
@Timeout(600)
class WriteBackKillIT {
  private static final int KILLS = 2;
  private static final int MOST_LINES = 6;
  private static final int MOST_WAIT_MILLIS = 50;

  @TempDir private Path directory;

  @Test
  void allThatWasAcknowledgedIsPushedByTheProcessAfterTheLast() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> acknowledged = new ArrayList<>();
    for (int i = 0; i < KILLS; i++) {
      KilledProcess writer =
          KilledProcess.start(KilledWriteBack.class, directory.toString(), Long.toString(seed + i));
      acknowledged.addAll(
          writer.killAfter(1 + random.nextInt(MOST_LINES), random.nextInt(MOST_WAIT_MILLIS)));
    }
    KilledWriteBack stores = KilledWriteBack.open(directory);
    stores.start().close();
    try (Stream<Path> waiting = Files.list(directory.resolve("queue"))) {
      assertThat(waiting.map(Path::getFileName)).containsExactly(Path.of("lock"));
    }
    Nars far = new Nars(stores.far().blobs(), stores.far().directories());
    for (String basename : acknowledged) {
      byte[] digest = StorePath.parse(basename).digest();
      PathInfo pathInfo = stores.far().pathInfos().get(digest).orElseThrow();
      assertThat(far.digest(pathInfo.node(), () -> false).sizeBytes())
          .as("seed %d, %s", seed, basename)
          .isPositive();
    }
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILLS);
  }
}
