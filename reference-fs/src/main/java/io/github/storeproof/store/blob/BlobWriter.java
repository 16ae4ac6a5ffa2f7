package io.github.storeproof.store.blob;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.store.StoreException;
import java.lang.foreign.MemorySegment;

/// Takes the bytes of one blob in pieces of any size. *Confined.*
///
/// Nothing is readable before [#commit]; a writer closed without it leaves nothing behind (rule
/// BLOB-5).
public interface BlobWriter extends AutoCloseable {
  /// Appends a copy of `bytes`.
  void write(MemorySegment bytes) throws StoreException;

  /// Ends the blob and makes it readable. Nothing can be written after it.
  ///
  /// @return the digest of all bytes written
  B3Digest commit() throws StoreException;

  @Override
  void close();
}
