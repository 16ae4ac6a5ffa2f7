package io.github.storeproof.store.blob;

import io.github.storeproof.store.StoreException;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// Reads one blob, from any offset as often as wanted.
///
/// *Thread-safe*: reads take no position and change none.
public interface BlobReader extends AutoCloseable {
  /// Length of the blob in bytes.
  long size();

  /// Whether all content is at hand, so that no read waits.
  boolean isResident();

  /// Reads from `offsetBytes` on to the start of `into`, as much as fits and the blob has.
  ///
  /// @return how many bytes were read: fewer than `into` has only at the end of the blob, 0 at
  ///     and after it
  int read(long offsetBytes, MemorySegment into) throws StoreException;

  /// All bytes of a blob that fits in memory.
  default byte[] readAll() throws StoreException {
    byte[] bytes = new byte[Math.toIntExact(size())];
    int _ = read(0, MemorySegment.ofArray(bytes));
    return bytes;
  }

  /// The bytes themselves when they lie in native memory: what [#read] would copy. They stay as
  /// they are while the segment is reachable.
  default Optional<MemorySegment> content(long offsetBytes, int sizeBytes) {
    return Optional.empty();
  }

  @Override
  void close();
}
