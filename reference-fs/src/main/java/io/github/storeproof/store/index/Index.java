package io.github.storeproof.store.index;

import io.github.storeproof.store.StoreException;
import java.util.List;
import java.util.Optional;

/// Tables of byte strings, in the order of the keys' unsigned bytes.
///
/// *Thread-safe.* Changes of all processes come one after the other; a change that has returned is
/// durable, one that has not is there as a whole or not at all.
public interface Index extends AutoCloseable {
  /// One key and its value.
  ///
  /// @param key at most 511 bytes
  @SuppressWarnings("ArrayRecordComponent")
  record Entry(byte[] key, byte[] value) {}

  /// What can be read, as it is at one moment.
  interface Reader {
    /// The value; empty when there is none.
    Optional<byte[]> find(Table table, byte[] key) throws StoreException;

    /// Whether there is a value.
    boolean has(Table table, byte[] key) throws StoreException;

    /// The entries from `key` on, `mostCount` at most.
    List<Entry> from(Table table, byte[] key, int mostCount) throws StoreException;
  }

  /// What can be changed: nothing of it is seen by others before the change has ended.
  interface Writer extends Reader {
    void put(Table table, byte[] key, byte[] value) throws StoreException;

    /// Does nothing when there is no such entry.
    void remove(Table table, byte[] key) throws StoreException;
  }

  /// Reads.
  @FunctionalInterface
  interface Reading<T> {
    T of(Reader reader) throws StoreException;
  }

  /// Changes; called on another thread, where nothing else changes the index meanwhile.
  @FunctionalInterface
  interface Change<T> {
    T make(Writer writer) throws StoreException;
  }

  /// Reads what is there at one moment. `reading` is short: what it sees is kept on disk as long.
  <T> T read(Reading<T> reading) throws StoreException;

  /// Makes a change, and waits until it is durable. One that throws changes nothing.
  <T> T change(Change<T> change) throws StoreException;

  @Override
  void close();
}
