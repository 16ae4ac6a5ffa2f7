package io.github.storeproof.store.blob;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.posix.Mapping;
import io.github.storeproof.posix.PosixException;
import io.github.storeproof.store.StoreException;
import java.lang.foreign.MemorySegment;

/// Collects a blob in a mapping that doubles as it fills. *Confined.*
final class MemoryBlobWriter implements BlobWriter {
  private static final long FIRST_BYTES = 1 << 20;
  private static final int HASHED_AT_ONCE_BYTES = 1 << 20;

  private final MemoryBlobService service;
  private final Mapping mapping = Mapping.reserve(FIRST_BYTES);
  private final Blake3 blake3 = new Blake3();
  private long sizeBytes;
  private boolean isOpen = true;

  MemoryBlobWriter(MemoryBlobService service) throws PosixException {
    this.service = service;
  }

  @Override
  public void write(MemorySegment bytes) throws StoreException {
    requireOpen();
    long newSizeBytes = Math.addExact(sizeBytes, bytes.byteSize());
    makeRoom(newSizeBytes);
    for (long offset = 0; offset < bytes.byteSize(); offset += HASHED_AT_ONCE_BYTES) {
      long countBytes = Math.min(HASHED_AT_ONCE_BYTES, bytes.byteSize() - offset);
      blake3.update(bytes.asSlice(offset, countBytes).asByteBuffer());
    }
    MemorySegment.copy(bytes, 0, mapping.memory(), sizeBytes, bytes.byteSize());
    sizeBytes = newSizeBytes;
  }

  @Override
  public B3Digest commit() throws StoreException {
    requireOpen();
    isOpen = false;
    B3Digest digest = blake3.digest();
    try (mapping) {
      if (sizeBytes <= MemoryBlobService.SLAB_BLOB_BYTES) {
        service.keepCopy(digest, mapping.memory().asSlice(0, sizeBytes));
      } else {
        service.keep(digest, mapping, sizeBytes);
      }
      return digest;
    } catch (PosixException e) {
      throw MemoryBlobService.noMemory(e);
    }
  }

  @Override
  public void close() {
    isOpen = false;
    mapping.close();
  }

  private void makeRoom(long wantedBytes) throws StoreException {
    if (wantedBytes <= mapping.memory().byteSize()) {
      return;
    }
    try {
      mapping.resize(Math.max(wantedBytes, 2 * mapping.memory().byteSize()));
    } catch (PosixException e) {
      throw MemoryBlobService.noMemory(e);
    }
  }

  private void requireOpen() {
    if (!isOpen) {
      throw new IllegalArgumentException("this writer was committed or closed");
    }
  }
}
