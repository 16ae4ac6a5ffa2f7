package io.github.storeproof.store.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.faulty.Fault;
import io.github.storeproof.store.faulty.FaultyFileSystem;
import io.github.storeproof.store.index.MemoryIndex;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Some puts, of which the n-th operation on a file fails, for every n; then the store is opened anew
/// by a process to which nothing happens.
class FileBlobFaultTest {
  private static final int MOST_OPERATIONS = 1000;

  private static final List<byte[]> BLOBS =
      List.of(
          BlobServiceContract.random(10),
          BlobServiceContract.random(70_000),
          BlobServiceContract.random(200_000),
          // In a directory that is there already, most likely not; and one that was put before.
          BlobServiceContract.random(11),
          BlobServiceContract.random(70_000));

  @ParameterizedTest
  @EnumSource
  void whatWasAcknowledgedIsThereAndNothingIsHalfThere(Fault.Kind kind) throws Exception {
    int operation = 1;
    while (hasHappened(new Fault(kind, operation))) {
      operation++;
      assertThat(operation).isLessThan(MOST_OPERATIONS);
    }
    assertThat(operation).isGreaterThan(20);
  }

  /// Whether there were so many operations.
  private static boolean hasHappened(Fault fault) throws Exception {
    try (FileSystem disk = Jimfs.newFileSystem(Configuration.unix())) {
      MemoryIndex index = new MemoryIndex();
      Path root = disk.getPath("/store");
      List<B3Digest> acknowledged = putAll(new FaultyFileSystem(disk, fault).over(root), index);
      FileBlobService after = FileBlobService.open(root, index, InstantSource.system());
      for (byte[] bytes : BLOBS) {
        B3Digest digest = Blake3.hash(bytes);
        if (after.has(digest)) {
          assertReads(after, digest, bytes);
        } else {
          assertThat(acknowledged).doesNotContain(digest);
          assertThat(after.openRead(digest)).isEmpty();
        }
      }
      for (byte[] bytes : BLOBS) {
        assertReads(after, after.put(MemorySegment.ofArray(bytes)), bytes);
      }
    }
    return fault.hasHappened();
  }

  private static List<B3Digest> putAll(Path root, MemoryIndex index) {
    List<B3Digest> acknowledged = new ArrayList<>();
    FileBlobService blobs;
    try {
      blobs = FileBlobService.open(root, index, InstantSource.system());
    } catch (StoreException e) {
      return acknowledged;
    }
    for (byte[] bytes : BLOBS) {
      try {
        acknowledged.add(BlobServiceContract.write(blobs, bytes, 50_000));
      } catch (StoreException e) {
        assertThat(e.failure()).isEqualTo(StoreFailure.FULL);
      }
    }
    putBatch(blobs, acknowledged);
    return acknowledged;
  }

  private static void putBatch(FileBlobService blobs, List<B3Digest> acknowledged) {
    List<B3Digest> put = new ArrayList<>();
    try (BlobBatch batch = blobs.openBatch()) {
      for (byte[] bytes : BLOBS) {
        put.add(batch.put(MemorySegment.ofArray(bytes)));
      }
      batch.flush();
      acknowledged.addAll(put);
    } catch (StoreException e) {
      assertThat(e.failure()).isEqualTo(StoreFailure.FULL);
    }
  }

  private static void assertReads(FileBlobService blobs, B3Digest digest, byte[] bytes)
      throws StoreException {
    try (BlobReader reader = blobs.openRead(digest).orElseThrow()) {
      assertThat(BlobServiceContract.readAt(reader, 0, bytes.length + 1)).isEqualTo(bytes);
    }
  }

  @Test
  void aDiskThatIsFullFromTheStartIsAClearFailure() throws IOException {
    try (FileSystem disk = Jimfs.newFileSystem(Configuration.unix())) {
      Path root =
          new FaultyFileSystem(disk, new Fault(Fault.Kind.FOR_EVER, 1))
              .over(disk.getPath("/store"));
      assertThatThrownBy(
              () -> FileBlobService.open(root, new MemoryIndex(), InstantSource.system()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("No space left on device");
    }
  }
}
