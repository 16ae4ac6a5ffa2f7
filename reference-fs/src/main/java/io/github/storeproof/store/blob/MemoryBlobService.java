package io.github.storeproof.store.blob;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.posix.Mapping;
import io.github.storeproof.posix.PosixException;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps blobs in memory outside the Java heap, each in one piece, as long as the service is
/// reachable.
///
/// Small blobs lie side by side in slabs; a larger one has a mapping of its own, in which it grows
/// while it is written, so that no blob is ever held twice. The digest is computed from the bytes
/// as they come. *Thread-safe.*
public final class MemoryBlobService implements BlobService {
  /// Blobs up to this size share slabs.
  static final long SLAB_BLOB_BYTES = 256 << 10;

  /// Blobs up to this size have no chunks.
  private static final long WHOLE_BYTES = 1 << 20;

  private static final long CHUNK_BYTES = 256 << 10;

  private final ConcurrentHashMap<B3Digest, MemorySegment> blobs = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<B3Digest, List<Chunk>> cuts = new ConcurrentHashMap<>();
  private final Slabs slabs = new Slabs();

  /// A service with no blob but the empty one.
  public MemoryBlobService() {
    blobs.put(new Blake3().digest(), MemorySegment.NULL);
  }

  @Override
  public boolean mayBlock() {
    return false;
  }

  @Override
  public boolean has(B3Digest digest) {
    return blobs.containsKey(digest);
  }

  @Override
  public Optional<BlobReader> openRead(B3Digest digest) {
    return Optional.ofNullable(blobs.get(digest)).map(MemoryBlobReader::new);
  }

  /// A large blob is cut when somebody asks for the first time: whoever only reads it here pays
  /// nothing for it.
  @Override
  public Optional<List<Chunk>> chunks(B3Digest digest) {
    MemorySegment blob = blobs.get(digest);
    if (blob == null) {
      return Optional.empty();
    }
    return Optional.of(
        blob.byteSize() <= WHOLE_BYTES ? List.of() : cuts.computeIfAbsent(digest, _ -> cut(blob)));
  }

  private List<Chunk> cut(MemorySegment blob) {
    List<Chunk> chunks = new ArrayList<>();
    for (long offset = 0; offset < blob.byteSize(); offset += CHUNK_BYTES) {
      MemorySegment part = blob.asSlice(offset, Math.min(CHUNK_BYTES, blob.byteSize() - offset));
      B3Digest digest = new Blake3().update(part.asByteBuffer()).digest();
      blobs.putIfAbsent(digest, part);
      chunks.add(new Chunk(digest, part.byteSize()));
    }
    return List.copyOf(chunks);
  }

  @Override
  public B3Digest put(MemorySegment content) throws StoreException {
    if (content.byteSize() > SLAB_BLOB_BYTES) {
      return BlobService.super.put(content);
    }
    Blake3 blake3 = new Blake3();
    blake3.update(content.asByteBuffer());
    B3Digest digest = blake3.digest();
    keepCopy(digest, content);
    return digest;
  }

  @Override
  public BlobWriter openWrite() throws StoreException {
    try {
      return new MemoryBlobWriter(this);
    } catch (PosixException e) {
      throw noMemory(e);
    }
  }

  /// Keeps a copy of a small blob.
  void keepCopy(B3Digest digest, MemorySegment content) throws StoreException {
    if (!blobs.containsKey(digest)) {
      blobs.putIfAbsent(digest, slabs.copyOf(content));
    }
  }

  /// Keeps a blob in the mapping in which it was written, unless it is there already.
  ///
  void keep(B3Digest digest, Mapping mapping, long sizeBytes) throws PosixException {
    if (blobs.containsKey(digest)) {
      return;
    }
    mapping.resize(sizeBytes);
    blobs.putIfAbsent(digest, mapping.seal().asSlice(0, sizeBytes).asReadOnly());
  }

  static StoreException noMemory(PosixException cause) {
    return new StoreException(
        StoreFailure.FULL, "no memory for a blob: " + cause.getMessage(), cause);
  }
}
