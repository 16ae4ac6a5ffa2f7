package io.github.storeproof.store.blob;

import io.github.storeproof.posix.Mapping;
import io.github.storeproof.posix.PosixException;
import io.github.storeproof.store.StoreException;
import java.lang.foreign.MemorySegment;

/// Places copies of small blobs one after the other in large pieces of memory. Nothing is ever
/// given back.
///
/// *Thread-safe*: a place is taken under a lock, the bytes are copied outside of it.
final class Slabs {
  private static final long SLAB_BYTES = 16 << 20;
  private static final long ALIGNMENT_BYTES = 8;

  private MemorySegment slab = MemorySegment.NULL;
  private long usedBytes;

  /// A read-only copy of `content`, which is shorter than a slab.
  MemorySegment copyOf(MemorySegment content) throws StoreException {
    MemorySegment place = take(content.byteSize());
    place.copyFrom(content);
    return place.asReadOnly();
  }

  private synchronized MemorySegment take(long sizeBytes) throws StoreException {
    if (usedBytes + sizeBytes > slab.byteSize()) {
      slab = newSlab();
      usedBytes = 0;
    }
    MemorySegment place = slab.asSlice(usedBytes, sizeBytes);
    usedBytes = (usedBytes + sizeBytes + ALIGNMENT_BYTES - 1) & -ALIGNMENT_BYTES;
    return place;
  }

  private static MemorySegment newSlab() throws StoreException {
    try (Mapping mapping = Mapping.reserve(SLAB_BYTES)) {
      return mapping.seal();
    } catch (PosixException e) {
      throw MemoryBlobService.noMemory(e);
    }
  }
}
