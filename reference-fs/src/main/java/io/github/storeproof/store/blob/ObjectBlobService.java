package io.github.storeproof.store.blob;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.object.Frames;
import io.github.storeproof.store.object.ObjectBatch;
import io.github.storeproof.store.object.ObjectKey;
import io.github.storeproof.store.object.ObjectStorage;
import io.github.storeproof.store.remote.SharedLoads;
import java.util.List;
import java.util.Optional;

/// Keeps blobs as compressed chunks in a store of objects, equal chunks once.
///
/// Each chunk is checked when it is read first, and the sizes of all must add up. What was checked last is
/// kept in memory. *Thread-safe.*
public final class ObjectBlobService implements BlobService, Pieces {
  private static final long KEPT_BYTES = 32 << 20;
  private static final long KEPT_CHUNKS = 1 << 18;
  private static final int MOST_FRAME_BYTES = Frames.mostBytes(ChunkLists.MOST_CHUNK_BYTES);
  private static final B3Digest EMPTY = new Blake3().digest();

  private final ObjectStorage objects;
  private final Damage damage = new Damage();
  private final SharedLoads<B3Digest, byte[]> pieces =
      new SharedLoads<>(KEPT_BYTES, bytes -> bytes.length);
  private final SharedLoads<B3Digest, List<Chunk>> lists =
      new SharedLoads<>(KEPT_CHUNKS, chunks -> 1 + chunks.size());

  /// @param objects which stay the caller's
  public ObjectBlobService(ObjectStorage objects) {
    this.objects = objects;
  }

  /// What was found to be corrupt.
  public Damage damage() {
    return damage;
  }

  @Override
  public boolean has(B3Digest digest) throws StoreException {
    return digest.equals(EMPTY)
        || hasList(digest)
        || isThere(ObjectKey.of(ObjectKey.Kind.CHUNK, digest));
  }

  /// Whoever asks relies on the blob: neither it nor its chunks are to be collected soon. Those come
  /// first, so that they are used at least as lately as what refers to them.
  private boolean hasList(B3Digest digest) throws StoreException {
    ObjectKey key = ObjectKey.of(ObjectKey.Kind.BLOB, digest);
    if (!objects.has(key)) {
      return false;
    }
    if (!objects.isUsedLately(key)) {
      for (Chunk chunk : listOrNone(digest)) {
        boolean _ = objects.use(ObjectKey.of(ObjectKey.Kind.CHUNK, chunk.digest()));
      }
      boolean _ = objects.use(ObjectKey.of(ObjectKey.Kind.CHUNK, digest));
    }
    return isThere(key);
  }

  // One that is another user's cannot be noted.
  private boolean isThere(ObjectKey key) throws StoreException {
    return objects.use(key) || objects.has(key);
  }

  /// A list that cannot be read keeps nothing.
  private List<Chunk> listOrNone(B3Digest digest) throws StoreException {
    try {
      return chunks(digest).orElse(List.of());
    } catch (StoreException e) {
      if (e.failure() == StoreFailure.CORRUPT) {
        return List.of();
      }
      throw e;
    }
  }

  /// A chunk is a blob of one piece.
  @Override
  public Optional<List<Chunk>> chunks(B3Digest digest) throws StoreException {
    if (digest.equals(EMPTY)) {
      return Optional.of(List.of());
    }
    Optional<List<Chunk>> list = lists.of(digest, () -> list(digest));
    return list.isEmpty() && objects.has(ObjectKey.of(ObjectKey.Kind.CHUNK, digest))
        ? Optional.of(List.of())
        : list;
  }

  private Optional<List<Chunk>> list(B3Digest digest) throws StoreException {
    Optional<byte[]> bytes =
        objects.get(ObjectKey.of(ObjectKey.Kind.BLOB, digest), ChunkLists.MOST_LIST_BYTES);
    try {
      return bytes.isEmpty() ? Optional.empty() : Optional.of(ChunkLists.of(digest, bytes.get()));
    } catch (StoreException e) {
      damage.found(digest, e.getMessage());
      throw e;
    }
  }

  @Override
  public Optional<BlobReader> openRead(B3Digest digest) throws StoreException {
    if (digest.equals(EMPTY)) {
      return Optional.of(new PieceReader(new byte[0]));
    }
    Optional<List<Chunk>> list = lists.of(digest, () -> list(digest));
    if (list.isPresent() && !list.get().isEmpty()) {
      return Optional.of(new ChunkedReader(this, digest, list.get()));
    }
    Optional<byte[]> whole = pieces.of(digest, () -> chunk(digest, ChunkLists.MOST_CHUNK_BYTES));
    if (list.isPresent() && whole.isEmpty()) {
      lists.forget(digest);
      throw new StoreException(
          StoreFailure.MISSING, "the only chunk of blob " + digest + " is not there");
    }
    return whole.map(PieceReader::new);
  }

  @Override
  public Optional<byte[]> piece(B3Digest digest, long sizeBytes) throws StoreException {
    Optional<byte[]> bytes = pieces.of(digest, () -> chunk(digest, Math.toIntExact(sizeBytes)));
    if (bytes.isPresent() && bytes.get().length != sizeBytes) {
      throw new StoreException(
          StoreFailure.CORRUPT,
          "chunk %s has %d bytes, want %d".formatted(digest, bytes.get().length, sizeBytes));
    }
    return bytes;
  }

  @Override
  public void forgetChunks(B3Digest blob) {
    lists.forget(blob);
  }

  /// A chunk, checked against its digest.
  private Optional<byte[]> chunk(B3Digest digest, int mostBytes) throws StoreException {
    try {
      Optional<byte[]> frame =
          objects.get(ObjectKey.of(ObjectKey.Kind.CHUNK, digest), MOST_FRAME_BYTES);
      return frame.isEmpty()
          ? Optional.empty()
          : Optional.of(checked(digest, frame.get(), mostBytes));
    } catch (StoreException e) {
      if (e.failure() == StoreFailure.CORRUPT) {
        damage.found(digest, e.getMessage());
      }
      throw e;
    }
  }

  private static byte[] checked(B3Digest digest, byte[] frame, int mostBytes)
      throws StoreException {
    byte[] bytes = Frames.decompress(frame, "chunk " + digest, mostBytes);
    B3Digest seen = Blake3.hash(bytes);
    if (!seen.equals(digest)) {
      throw new StoreException(
          StoreFailure.CORRUPT, "chunk has digest " + seen + ", want " + digest);
    }
    return bytes;
  }

  /// Whether the chunk is there and can be read: then it need not be written again.
  boolean isWhole(B3Digest chunk) throws StoreException {
    Optional<byte[]> frame =
        objects.get(ObjectKey.of(ObjectKey.Kind.CHUNK, chunk), MOST_FRAME_BYTES);
    try {
      return frame.isPresent()
          && checked(chunk, frame.get(), ChunkLists.MOST_CHUNK_BYTES).length > 0;
    } catch (StoreException _) {
      return false;
    }
  }

  /// What was put is whole, whatever was remembered of it.
  void refresh(B3Digest digest) {
    lists.forget(digest);
    damage.healed(digest);
  }

  @Override
  public BlobWriter openWrite() throws StoreException {
    ObjectBatch batch = objects.openBatch();
    return new ObjectBlobWriter(new ObjectBlobSink(this, batch, true));
  }

  @Override
  public BlobBatch openBatch() {
    return new ObjectBlobBatch(this, objects.openBatch());
  }
}
