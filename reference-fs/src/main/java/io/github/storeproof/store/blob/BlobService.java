package io.github.storeproof.store.blob;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/// Keeps byte strings of any length under their BLAKE3 digests.
///
/// What a reader gives was verified: a service never serves a byte that does not belong to the
/// digest (rules ERR-3 and BLOB-10). The blob of no bytes exists without having been written.
/// *Thread-safe*; readers and writers are for one thread at a time.
public interface BlobService {
  /// Whether calls may wait for a disk or a network. A caller that must not wait calls on another
  /// thread then.
  default boolean mayBlock() {
    return true;
  }

  boolean has(B3Digest digest) throws StoreException;

  /// A reader of the blob; empty when there is none of that digest.
  Optional<BlobReader> openRead(B3Digest digest) throws StoreException;

  /// A reader of a blob whose length is known, which a service need not ask for then.
  ///
  /// @param sizeBytes what a directory says of it
  /// @throws StoreException [StoreFailure#CORRUPT] when the blob has another length (rule ERR-9)
  default Optional<BlobReader> openRead(B3Digest digest, long sizeBytes) throws StoreException {
    Optional<BlobReader> reader = openRead(digest);
    if (reader.isPresent() && reader.get().size() != sizeBytes) {
      reader.get().close();
      throw new StoreException(
          StoreFailure.CORRUPT,
          "blob " + digest + " has " + reader.get().size() + " bytes, want " + sizeBytes);
    }
    return reader;
  }

  /// A writer of a new blob, readable once it is committed.
  BlobWriter openWrite() throws StoreException;

  /// Stores a blob that is in memory as a whole.
  ///
  /// @return its digest
  default B3Digest put(MemorySegment content) throws StoreException {
    try (BlobWriter writer = openWrite()) {
      writer.write(content);
      return writer.commit();
    }
  }

  /// A view of this service for many puts at a time.
  default BlobBatch openBatch() {
    return new PassingBatch(this);
  }

  /// The pieces that the service keeps the blob in, in their order: empty when there is no such
  /// blob, an empty list when it is kept in one piece.
  Optional<List<Chunk>> chunks(B3Digest digest) throws StoreException;
}
