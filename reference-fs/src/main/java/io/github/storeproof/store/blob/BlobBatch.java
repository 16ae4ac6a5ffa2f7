package io.github.storeproof.store.blob;

import io.github.storeproof.store.StoreException;

/// Many puts of one client, made durable together: what was put is readable through the batch at
/// once, and by others after [#flush]. A batch that is closed without it may leave blobs out.
///
/// *Thread-safe.*
public interface BlobBatch extends BlobService, AutoCloseable {
  /// Makes durable what was put.
  void flush() throws StoreException;

  @Override
  void close();
}
