package io.github.storeproof.store.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreSink;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.blob.BlobServiceContract;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.nar.Nars;
import io.github.storeproof.store.pathinfo.PathInfoService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cache on disk before stores in memory that can be switched off and have one tree.
class DiskCachedStoresTest extends BlobServiceContract {
  private static final Fixture FIXTURE = Fixture.of("small", "name", FixtureCatalog.wide(10));
  private static final StorePath ROOT = FIXTURE.root("name");
  private static final long ROOM_BYTES = 64 << 20;

  @TempDir private Path directory;

  private final SwitchedStores far = new SwitchedStores();
  private DiskCache cache;
  private BlobService blobs;
  private DirectoryService directories;
  private PathInfoService pathInfos;

  @BeforeEach
  void open() throws StoreException {
    cache = DiskCache.open(directory, ROOM_BYTES, InstantSource.system());
    FarStore farStore = new FarStore("far");
    blobs = new DiskCachedBlobs(far.blobs, farStore, cache);
    directories = new DiskCachedDirectories(far.directories, farStore, cache);
    pathInfos = new DiskCachedPathInfos(far.pathInfos, farStore, cache);
  }

  @AfterEach
  void close() {
    cache.close();
  }

  private void openAgain() throws StoreException {
    cache.close();
    open();
  }

  @Override
  protected BlobService blobs() {
    return blobs;
  }

  private long narBytes() throws StoreException {
    return new Nars(blobs, directories)
        .digest(pathInfos.get(ROOT.digest()).orElseThrow().node(), () -> false)
        .sizeBytes();
  }

  private List<Path> kept() throws Exception {
    try (Stream<Path> files = Files.list(directory.resolve("kept"))) {
      return files.toList();
    }
  }

  @Test
  void whatWasReadIsReadableWhenTheStoreIsDownAndTheProcessIsAnother() throws Exception {
    new StoreSink(far.blobs, far.directories, far.pathInfos).fill(FIXTURE);
    B3Digest large = write(far.blobs, random(LARGE_BYTES), 1 << 20);
    long wanted = narBytes();
    try (BlobReader reader = blobs.openRead(large, LARGE_BYTES).orElseThrow()) {
      assertThat(readAt(reader, 0, LARGE_BYTES)).isEqualTo(random(LARGE_BYTES));
    }
    far.isUp = false;
    openAgain();
    assertThat(narBytes()).isEqualTo(wanted);
    assertThat(blobs.has(large)).isTrue();
    for (BlobReader reader :
        List.of(
            blobs.openRead(large).orElseThrow(),
            blobs.openRead(large, LARGE_BYTES).orElseThrow())) {
      assertThat(readAt(reader, 0, LARGE_BYTES)).isEqualTo(random(LARGE_BYTES));
    }
    assertThatThrownBy(() -> pathInfos.get(new byte[20])).hasMessageContaining("is down");
    assertThatThrownBy(pathInfos::list).hasMessageContaining("is down");
  }

  @Test
  void whatIsCorruptInTheCacheIsFetchedAnew() throws Exception {
    new StoreSink(far.blobs, far.directories, far.pathInfos).fill(FIXTURE);
    B3Digest large = write(far.blobs, random(LARGE_BYTES), 1 << 20);
    long wanted = narBytes();
    blobs.openRead(large, LARGE_BYTES).orElseThrow().close();
    for (Path file : kept()) {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length - 1] ^= 1;
      Files.write(file, bytes);
    }
    openAgain();
    assertThat(narBytes()).isEqualTo(wanted);
  }

  @Test
  void anotherLengthThanThatOfTheChunksIsRefused() throws Exception {
    B3Digest large = write(far.blobs, random(LARGE_BYTES), 1 << 20);
    assertThatThrownBy(() -> blobs.openRead(large, LARGE_BYTES + 1))
        .hasMessageContaining("have " + LARGE_BYTES + " bytes, want " + (LARGE_BYTES + 1));
  }
}
