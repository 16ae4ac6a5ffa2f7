package io.github.storeproof.store.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LmdbIndexTest {
  @TempDir private Path directory;

  private LmdbIndex index;

  @BeforeEach
  void open() throws StoreException {
    index = LmdbIndex.open(directory.resolve("index"));
  }

  @AfterEach
  void close() {
    index.close();
  }

  private static byte[] key(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private int put(String key, byte[] value) throws StoreException {
    return index.change(writer -> {
      writer.put(Table.BLOBS, key(key), value);
      return 1;
    });
  }

  private Optional<byte[]> find(String key) throws StoreException {
    return index.read(reader -> reader.find(Table.BLOBS, key(key)));
  }

  private boolean has(Table table, String key) throws StoreException {
    return index.read(reader -> reader.has(table, key(key)));
  }

  private List<Index.Entry> from(byte[] key) throws StoreException {
    return index.read(reader -> reader.from(Table.BLOBS, key, 2));
  }

  @Test
  void whatIsPutIsThereAlsoWhenItIsOpenedAgain() throws Exception {
    byte[] large = new byte[1 << 20];
    put("a", large);
    put("b", new byte[0]);
    index.close();
    open();
    assertThat(find("a")).contains(large);
    assertThat(find("b")).contains(new byte[0]);
    assertThat(has(Table.BLOBS, "c")).isFalse();
    assertThat(has(Table.CHUNKS, "a")).isFalse();
  }

  @Test
  void entriesComeInTheOrderOfTheirKeys() throws Exception {
    for (String key : List.of("b", "\u007f", "a", "ab")) {
      put(key, key(key));
    }
    List<Index.Entry> found = from(key("aa"));
    assertThat(found)
        .extracting(entry -> new String(entry.key(), StandardCharsets.US_ASCII))
        .containsExactly("ab", "b");
    assertThat(from(new byte[] {-1})).isEmpty();
  }

  @Test
  void aChangeThatThrowsChangesNothingAndLeavesOthersAlone() throws Exception {
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String name = "key" + i;
      boolean fails = i % 3 == 0;
      tasks.add(() ->
          index.change(writer -> {
            writer.put(Table.BLOBS, key(name), key(name));
            if (fails) {
              throw new StoreException(StoreFailure.REFUSED, "no " + name);
            }
            return 1;
          }));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      List<Future<Integer>> made = threads.invokeAll(tasks);
      for (int i = 0; i < 200; i++) {
        String name = "key" + i;
        assertThat(has(Table.BLOBS, name)).isEqualTo(i % 3 != 0);
        if (i % 3 == 0) {
          assertThatThrownBy(made.get(i)::get).hasMessageContaining("no " + name);
        }
      }
    }
  }

  @Test
  void aMistakeInAChangeIsTheCallers() throws Exception {
    assertThatThrownBy(() ->
            index.change(_ -> {
              throw new IllegalArgumentException("mistake");
            }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("mistake");
    assertThat(put("a", key("a"))).isEqualTo(1);
  }

  @Test
  void aClosedIndexSaysSo() {
    index.close();
    assertThatThrownBy(() -> put("a", key("a"))).hasMessageContaining("closed");
    assertThatThrownBy(() -> has(Table.BLOBS, "a")).hasMessageContaining("closed");
  }
}
