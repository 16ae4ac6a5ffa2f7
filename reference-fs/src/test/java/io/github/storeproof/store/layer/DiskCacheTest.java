package io.github.storeproof.store.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cache with room for eight blocks, and a clock that goes on by an hour with each look at it.
class DiskCacheTest {
  private static final long ROOM_BYTES = 8 * 4096;

  @TempDir private Path directory;

  private long nowMillis;

  private DiskCache open() throws StoreException {
    InstantSource clock = () -> Instant.ofEpochMilli(nowMillis += 3_600_000);
    return DiskCache.open(directory.resolve("cache"), ROOM_BYTES, clock);
  }

  private static byte[] block(int value) {
    byte[] bytes = new byte[4096];
    bytes[0] = (byte) value;
    return bytes;
  }

  private long filesOnDisk() throws Exception {
    try (Stream<Path> files = Files.list(directory.resolve("cache/kept"))) {
      return files.count();
    }
  }

  @Test
  void whatWasUsedLongestAgoGoesFirst() throws Exception {
    try (DiskCache cache = open()) {
      for (int i = 0; i < 8; i++) {
        cache.put("n" + i, block(i));
      }
      assertThat(cache.get("n0")).contains(block(0));
      cache.put("n8", block(8));
      assertThat(cache.get("n1")).isEmpty();
      assertThat(cache.get("n0")).contains(block(0));
      assertThat(cache.heldBytes()).isEqualTo(ROOM_BYTES);
      assertThat(filesOnDisk()).isEqualTo(8);
    }
  }

  @Test
  void theBoundHoldsForSmallFilesToo() throws Exception {
    try (DiskCache cache = open()) {
      for (int i = 0; i < 100; i++) {
        cache.put("n" + i, new byte[] {1});
      }
      assertThat(filesOnDisk()).isEqualTo(8);
      cache.put("large", new byte[3 * 4096]);
      assertThat(cache.has("large")).isFalse();
    }
  }

  @Test
  void whatIsPutAgainIsCountedOnce() throws Exception {
    try (DiskCache cache = open()) {
      cache.put("n", block(1));
      cache.put("n", block(2));
      assertThat(cache.get("n")).contains(block(2));
      assertThat(cache.heldBytes()).isEqualTo(4096);
      cache.remove("n");
      assertThat(cache.get("n")).isEmpty();
      assertThat(cache.heldBytes()).isZero();
    }
  }

  @Test
  void theNextProcessHasItInItsOrderAndNothingThatWasLeftHalfWritten() throws Exception {
    try (DiskCache cache = open()) {
      for (int i = 0; i < 8; i++) {
        cache.put("n" + i, block(i));
      }
      assertThat(cache.get("n0")).isPresent();
    }
    Path unfinished = Files.write(directory.resolve("cache/incoming/x"), block(0));
    try (DiskCache cache = open()) {
      assertThat(unfinished).doesNotExist();
      assertThat(cache.heldBytes()).isEqualTo(ROOM_BYTES);
      cache.put("more", block(9));
      assertThat(cache.has("n0")).isTrue();
      assertThat(cache.has("n1")).isFalse();
    }
  }

  @Test
  void aSmallerBoundIsKeptFromTheStart() throws Exception {
    try (DiskCache cache = open()) {
      for (int i = 0; i < 8; i++) {
        cache.put("n" + i, block(i));
      }
    }
    Path path = directory.resolve("cache");
    try (DiskCache cache = DiskCache.open(path, 2 * 4096, InstantSource.system())) {
      assertThat(filesOnDisk()).isEqualTo(2);
      assertThat(cache.heldBytes()).isEqualTo(2 * 4096);
    }
  }

  @Test
  void aFileThatIsGoneIsForgotten() throws Exception {
    try (DiskCache cache = open()) {
      cache.put("n", block(1));
      Files.delete(directory.resolve("cache/kept/n"));
      assertThat(cache.get("n")).isEmpty();
      assertThat(cache.heldBytes()).isZero();
    }
  }

  @Test
  void oneAtATimeHasIt() throws Exception {
    try (DiskCache _ = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("is in use, want one of its own");
    }
    open().close();
  }

  @Test
  void aFileIsRefused() throws Exception {
    Path file = Files.createFile(directory.resolve("cache"));
    assertThatThrownBy(this::open).hasMessage("cache " + file + " is a file, want a directory");
  }
}
