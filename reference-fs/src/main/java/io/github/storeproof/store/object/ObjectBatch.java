package io.github.storeproof.store.object;

import io.github.storeproof.store.StoreException;
import java.util.Optional;

/// Objects that are written together: none is visible before [#publish], after which all are durable.
/// One that was there is replaced. Closing it gives up what was not published. *Thread-safe.*
public interface ObjectBatch extends AutoCloseable {
  /// Writes an object aside.
  void put(ObjectKey key, byte[] bytes) throws StoreException;

  /// The bytes of an object that was put and not published yet.
  Optional<byte[]> get(ObjectKey key) throws StoreException;

  /// Whether an object was put here or is there already, and is not collected soon.
  boolean use(ObjectKey key) throws StoreException;

  /// Makes visible what was put so far, chunks first. What was put can be put again.
  void publish() throws StoreException;

  @Override
  void close();
}
