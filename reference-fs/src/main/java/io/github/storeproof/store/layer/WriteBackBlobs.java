package io.github.storeproof.store.layer;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.blob.BlobBatch;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.blob.BlobWriter;
import io.github.storeproof.store.blob.Chunk;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Blobs that are put near, and wait to be pushed. *Thread-safe.*
///
/// @param layered where blobs are read
/// @param near where they are put
public record WriteBackBlobs(BlobService layered, BlobService near, PushQueue queue)
    implements BlobService {
  @Override
  public boolean has(B3Digest digest) throws StoreException {
    return layered.has(digest);
  }

  @Override
  public Optional<BlobReader> openRead(B3Digest digest) throws StoreException {
    return layered.openRead(digest);
  }

  @Override
  public Optional<BlobReader> openRead(B3Digest digest, long sizeBytes) throws StoreException {
    return layered.openRead(digest, sizeBytes);
  }

  @Override
  public Optional<List<Chunk>> chunks(B3Digest digest) throws StoreException {
    return layered.chunks(digest);
  }

  @Override
  public BlobWriter openWrite() throws StoreException {
    return new Writer(near.openWrite(), digest -> queue.add(List.of(Push.blob(digest))));
  }

  @Override
  public B3Digest put(MemorySegment content) throws StoreException {
    B3Digest digest = near.put(content);
    queue.add(List.of(Push.blob(digest)));
    return digest;
  }

  @Override
  public BlobBatch openBatch() {
    return new Batch(this, near.openBatch(), ConcurrentHashMap.newKeySet());
  }

  /// Hears of blobs that were put.
  private interface Listener {
    void put(B3Digest digest) throws StoreException;
  }

  private record Writer(BlobWriter near, Listener listener) implements BlobWriter {
    @Override
    public void write(MemorySegment bytes) throws StoreException {
      near.write(bytes);
    }

    @Override
    public B3Digest commit() throws StoreException {
      B3Digest digest = near.commit();
      listener.put(digest);
      return digest;
    }

    @Override
    public void close() {
      near.close();
    }
  }

  /// Blobs wait to be pushed once they are durable.
  private record Batch(WriteBackBlobs service, BlobBatch near, Set<Push> pushes)
      implements BlobBatch {
    @Override
    public boolean has(B3Digest digest) throws StoreException {
      return near.has(digest) || service.has(digest);
    }

    @Override
    public Optional<BlobReader> openRead(B3Digest digest) throws StoreException {
      Optional<BlobReader> own = near.openRead(digest);
      return own.isPresent() ? own : service.openRead(digest);
    }

    @Override
    public Optional<List<Chunk>> chunks(B3Digest digest) throws StoreException {
      return service.chunks(digest);
    }

    @Override
    public BlobWriter openWrite() throws StoreException {
      return new Writer(near.openWrite(), digest -> pushes.add(Push.blob(digest)));
    }

    @Override
    public B3Digest put(MemorySegment content) throws StoreException {
      B3Digest digest = near.put(content);
      pushes.add(Push.blob(digest));
      return digest;
    }

    @Override
    public void flush() throws StoreException {
      Set<Push> flushed = Set.copyOf(pushes);
      near.flush();
      service.queue.add(flushed);
      pushes.removeAll(flushed);
    }

    @Override
    public void close() {
      near.close();
    }
  }
}
