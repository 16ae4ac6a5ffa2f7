package io.github.storeproof.store.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.StoreSink;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.blob.BlobServiceContract;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.file.FileStore;
import io.github.storeproof.store.nar.Nars;
import io.github.storeproof.store.pathinfo.PathInfoService;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A near store of files before a far one in memory, which has one tree and can be switched off.
@Timeout(120)
class LayeredStoresTest {
  private static final Fixture FIXTURE = Fixture.of("small", "name", FixtureCatalog.wide(10));
  private static final StorePath ROOT = FIXTURE.root("name");
  private static final Layering READ_THROUGH = new Layering(true, false);

  @TempDir private Path directory;

  private FileStore near;
  private final SwitchedStores far = new SwitchedStores();
  private final FarStore farStore = new FarStore("far");

  @BeforeEach
  void open() throws Exception {
    near = FileStore.open(directory.resolve("near"), SizeRule.SNIX);
    new StoreSink(far.blobs, far.directories, far.pathInfos).fill(FIXTURE);
  }

  @AfterEach
  void close() {
    near.close();
  }

  private LayeredBlobs blobs(Layering layering) {
    return new LayeredBlobs(near.blobs(), far.blobs, farStore, layering);
  }

  private LayeredDirectories directories(Layering layering) {
    return new LayeredDirectories(near.directories(), far.directories, farStore, layering);
  }

  private LayeredPathInfos pathInfos(Layering layering) {
    return new LayeredPathInfos(near.pathInfos(), far.pathInfos, farStore, layering);
  }

  private static long narBytes(
      BlobService blobs, DirectoryService directories, PathInfoService pathInfos)
      throws StoreException {
    return new Nars(blobs, directories)
        .digest(pathInfos.get(ROOT.digest()).orElseThrow().node(), () -> false)
        .sizeBytes();
  }

  private boolean isAllNear() throws StoreException {
    try {
      return near.pathInfos().get(ROOT.digest()).isPresent()
          && narBytes(near.blobs(), near.directories(), near.pathInfos()) > 0;
    } catch (StoreException e) {
      assertThat(e.failure()).isEqualTo(StoreFailure.MISSING);
      return false;
    }
  }

  @Test
  void whatTheFarStoreHasIsKeptAndReadableWhenItIsDown() throws Exception {
    LayeredBlobs blobs = blobs(READ_THROUGH);
    LayeredDirectories directories = directories(READ_THROUGH);
    LayeredPathInfos pathInfos = pathInfos(READ_THROUGH);
    long wanted = narBytes(far.blobs, far.directories, far.pathInfos);
    // Only a few copies are made at a time: what was left out is copied at the next reading.
    while (!isAllNear()) {
      assertThat(narBytes(blobs, directories, pathInfos)).isEqualTo(wanted);
      Thread.sleep(10);
    }
    far.isUp = false;
    assertThat(narBytes(blobs, directories, pathInfos)).isEqualTo(wanted);
    assertUnavailable(() -> pathInfos.get(new byte[20]), "switched off");
    assertUnavailable(() -> pathInfos.get(new byte[20]), "store 'far' is down");
    assertUnavailable(pathInfos::list, "is down");
    assertThat(farStore.isDown()).isTrue();
  }

  @Test
  void aStoreThatIsBackIsAskedAgain() throws Exception {
    LayeredPathInfos pathInfos = pathInfos(READ_THROUGH);
    far.isUp = false;
    assertUnavailable(() -> pathInfos.get(ROOT.digest()), "switched off");
    far.isUp = true;
    while (farStore.isDown()) {
      try {
        assertThat(pathInfos.get(ROOT.digest())).isPresent();
      } catch (StoreException e) {
        assertThat(e).hasMessageContaining("is down");
        Thread.sleep(50);
      }
    }
  }

  @Test
  void aBlobThatIsCorruptNearIsReadFromFarAndHeals() throws Exception {
    byte[] bytes = BlobServiceContract.random(100_000);
    LayeredBlobs blobs = blobs(new Layering(true, true));
    B3Digest digest = blobs.put(MemorySegment.ofArray(bytes));
    assertThat(far.blobs.has(digest)).isTrue();
    Path file =
        near.directory()
            .resolve("blobs")
            .resolve(digest.hex().substring(0, 2))
            .resolve(digest.hex());
    Files.write(file, new byte[100_000]);
    try (BlobReader reader = blobs.openRead(digest, bytes.length).orElseThrow()) {
      assertThat(BlobServiceContract.readAt(reader, 0, bytes.length)).isEqualTo(bytes);
    }
    while (Files.readAllBytes(file)[0] != bytes[0] || Files.size(file) != bytes.length) {
      Thread.sleep(10);
    }
    try (BlobReader reader = near.blobs().openRead(digest).orElseThrow()) {
      assertThat(BlobServiceContract.readAt(reader, 0, bytes.length)).isEqualTo(bytes);
    }
  }

  @Test
  void aWriteToBothFailsWithoutTheFarOneAndLeavesNothing() throws Exception {
    far.isUp = false;
    byte[] bytes = {1, 2, 3};
    assertUnavailable(
        () -> blobs(new Layering(true, true)).put(MemorySegment.ofArray(bytes)), "switched off");
    assertThat(near.directory().resolve("incoming")).isEmptyDirectory();
    B3Digest digest = blobs(READ_THROUGH).put(MemorySegment.ofArray(bytes));
    assertThat(near.blobs().has(digest)).isTrue();
  }

  @Test
  void aReadOnlyStoreIsReadAndNotWritten() throws Exception {
    ReadOnly.Blobs blobs = new ReadOnly.Blobs(far.blobs);
    ReadOnly.Directories directories = new ReadOnly.Directories(far.directories);
    ReadOnly.PathInfos pathInfos = new ReadOnly.PathInfos(far.pathInfos);
    assertThat(narBytes(blobs, directories, pathInfos)).isPositive();
    for (ThrowingCallable write :
        new ThrowingCallable[] {
          () -> blobs.put(MemorySegment.ofArray(new byte[1])),
          directories::putMultiple,
          () -> pathInfos.put(far.pathInfos.get(ROOT.digest()).orElseThrow())
        }) {
      assertThatThrownBy(write)
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.DENIED));
    }
  }

  private static void assertUnavailable(ThrowingCallable call, String messagePart) {
    assertThatThrownBy(call)
        .hasMessageContaining(messagePart)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.UNAVAILABLE));
  }
}
