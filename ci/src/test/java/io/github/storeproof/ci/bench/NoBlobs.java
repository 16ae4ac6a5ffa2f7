package io.github.storeproof.ci.bench;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.blob.BlobWriter;
import io.github.storeproof.store.blob.Chunk;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/// Blobs that nobody keeps: what is put is thrown away, and each digest has the same number of bytes that
/// nobody has written.
///
/// @param sizeBytes of each blob
record NoBlobs(long sizeBytes) implements BlobService {
  private static final B3Digest DIGEST = Blake3.hash(new byte[0]);

  @Override
  public boolean has(B3Digest digest) {
    return true;
  }

  @Override
  public Optional<BlobReader> openRead(B3Digest digest) {
    return Optional.of(new NoReader(sizeBytes));
  }

  @Override
  public BlobWriter openWrite() {
    return new BlobWriter() {
      @Override
      public void write(MemorySegment bytes) {}

      @Override
      public B3Digest commit() {
        return DIGEST;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Optional<List<Chunk>> chunks(B3Digest digest) {
    return Optional.of(List.of());
  }

  private record NoReader(long size) implements BlobReader {
    @Override
    public boolean isResident() {
      return true;
    }

    @Override
    public int read(long offsetBytes, MemorySegment into) {
      return (int) Math.min(into.byteSize(), size - offsetBytes);
    }

    @Override
    public void close() {}
  }
}
