package io.github.storeproof.store.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.model.SymlinkTarget;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.blob.BlobServiceContract;
import io.github.storeproof.store.blob.BlobWriter;
import io.github.storeproof.store.blob.Chunk;
import io.github.storeproof.store.blob.MemoryBlobService;
import io.github.storeproof.store.directory.MemoryDirectoryService;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Blobs of 9,000 bytes and directories before which a cache stands that has room for some. That a cache
/// has something is seen when the service behind it is exchanged for an empty one.
class CachedBlobsTest extends BlobServiceContract {
  private static final int ROOM_BYTES = 40_000;
  private static final int SIZE_BYTES = 9000;

  private final BlobService inMemory = new CachedBlobs(new MemoryBlobService(), ROOM_BYTES);

  @Override
  protected BlobService blobs() {
    return inMemory;
  }

  /// A service that can lose everything.
  private static final class Losing implements BlobService {
    private BlobService kept = new MemoryBlobService();

    void loseAll() {
      kept = new MemoryBlobService();
    }

    @Override
    public boolean has(B3Digest digest) throws StoreException {
      return kept.has(digest);
    }

    @Override
    public Optional<BlobReader> openRead(B3Digest digest) throws StoreException {
      return kept.openRead(digest);
    }

    @Override
    public BlobWriter openWrite() throws StoreException {
      return kept.openWrite();
    }

    @Override
    public Optional<List<Chunk>> chunks(B3Digest digest) throws StoreException {
      return kept.chunks(digest);
    }
  }

  @Test
  void whatWasReadLastIsInMemoryAndWhatWasReadLongAgoIsNot() throws Exception {
    Losing losing = new Losing();
    CachedBlobs cached = new CachedBlobs(losing, ROOM_BYTES);
    List<B3Digest> digests = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      digests.add(cached.put(MemorySegment.ofArray(BlobServiceContract.random(SIZE_BYTES + i))));
    }
    for (int i = 0; i < 10; i++) {
      cached.openRead(digests.get(i), SIZE_BYTES + i).orElseThrow().close();
    }
    losing.loseAll();
    for (int i = 0; i < 10; i++) {
      // 4 of them fit in.
      boolean isKept = i >= 6;
      assertThat(cached.openRead(digests.get(i), SIZE_BYTES + i).isPresent()).isEqualTo(isKept);
      assertThat(cached.openRead(digests.get(i)).isPresent()).isEqualTo(isKept);
      assertThat(cached.has(digests.get(i))).isFalse();
    }
  }

  @Test
  void aLargeBlobIsNotKept() throws Exception {
    Losing losing = new Losing();
    CachedBlobs cached = new CachedBlobs(losing, ROOM_BYTES);
    B3Digest digest = cached.put(MemorySegment.ofArray(BlobServiceContract.random(ROOM_BYTES)));
    cached.openRead(digest).orElseThrow().close();
    cached.openRead(digest, ROOM_BYTES).orElseThrow().close();
    losing.loseAll();
    assertThat(cached.openRead(digest)).isEmpty();
  }

  @Test
  void aBlobInMemoryOfAnotherLengthThanStatedIsRefused() throws Exception {
    BlobService cached = blobs();
    B3Digest digest = cached.put(MemorySegment.ofArray(new byte[100]));
    cached.openRead(digest).orElseThrow().close();
    assertThatThrownBy(() -> cached.openRead(digest, 101))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("has 100 bytes, want 101");
  }

  @Test
  void directoriesAreFoundThroughTheCacheAndAfterIt() throws Exception {
    MemoryDirectoryService service = new MemoryDirectoryService(SizeRule.SNIX);
    CachedDirectories cached = new CachedDirectories(service, ROOM_BYTES);
    for (int i = 0; i < 200; i++) {
      Directory directory =
          Directory.builder()
              .add(PathComponent.of("l" + i), new SymlinkNode(SymlinkTarget.of("t")))
              .build();
      assertThat(cached.get(directory.digest())).isEmpty();
      B3Digest digest = cached.put(directory);
      assertThat(cached.get(digest)).contains(directory);
      assertThat(cached.get(digest)).contains(directory);
    }
  }
}
