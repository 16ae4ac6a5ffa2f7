package io.github.storeproof.store.blob;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.OutboardHasher;
import io.github.storeproof.store.StoreException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// Writes files of blobs and makes them durable by the thousand. What it has written itself it reads
/// back unchecked: these bytes were hashed a moment ago. *Thread-safe.*
final class FileBlobBatch implements BlobBatch {
  private static final int MOST_STAGED = 4096;
  private static final long MOST_STAGED_BYTES = 1L << 30;

  private final FileBlobService service;
  private final BlobFiles files;
  private final InstantSource clock;
  // What this batch has written, staged or kept.
  private final Map<B3Digest, StagedBlob> written = new HashMap<>();
  private Map<B3Digest, StagedBlob> staged = new HashMap<>();
  private long stagedBytes;
  private final EarlyWrites earlyWrites;
  // As many as there are threads that put.
  private final Queue<OutboardHasher> hashers = new ConcurrentLinkedQueue<>();

  FileBlobBatch(FileBlobService service, BlobFiles files, InstantSource clock) {
    this.service = service;
    this.files = files;
    this.clock = clock;
    this.earlyWrites = new EarlyWrites(files::writeBack);
  }

  @Override
  public boolean has(B3Digest digest) throws StoreException {
    return writtenAs(digest) != null || service.has(digest);
  }

  @Override
  public Optional<BlobReader> openRead(B3Digest digest) throws StoreException {
    StagedBlob own = writtenAs(digest);
    return own == null ? service.openRead(digest) : Optional.of(openOwn(own));
  }

  private synchronized @Nullable StagedBlob writtenAs(B3Digest digest) {
    return written.get(digest);
  }

  private BlobReader openOwn(StagedBlob own) throws StoreException {
    try {
      return new ChannelReader(open(own), own.blob().sizeBytes());
    } catch (IOException e) {
      throw BlobFiles.failure("blob " + own.digest() + " cannot be read", e);
    }
  }

  private FileChannel open(StagedBlob own) throws IOException {
    try {
      return FileChannel.open(own.file(), StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      // It has got its name since.
      return FileChannel.open(files.of(own.digest()), StandardOpenOption.READ);
    }
  }

  @Override
  public BlobWriter openWrite() throws StoreException {
    return new FileBlobWriter(files, clock.millis(), this::stage);
  }

  @Override
  public B3Digest put(MemorySegment content) throws StoreException {
    if (content.byteSize() > FileBlobService.SMALL_BYTES) {
      return BlobBatch.super.put(content);
    }
    OutboardHasher.Hashed hashed = hash(content);
    B3Digest digest = hashed.digest();
    if (writtenAs(digest) == null && !service.isKnown(digest, content)) {
      stage(service.write(content, hashed));
    }
    return digest;
  }

  private OutboardHasher.Hashed hash(MemorySegment content) {
    OutboardHasher idle = hashers.poll();
    OutboardHasher hasher = idle == null ? new OutboardHasher() : idle;
    OutboardHasher.Hashed hashed = hasher.update(content).finish();
    hashers.add(hasher);
    return hashed;
  }

  private void stage(StagedBlob blob) throws StoreException {
    Map<B3Digest, StagedBlob> full = Map.of();
    synchronized (this) {
      if (written.putIfAbsent(blob.digest(), blob) != null) {
        BlobFiles.discard(blob.file());
        return;
      }
      staged.put(blob.digest(), blob);
      stagedBytes += blob.blob().sizeBytes();
      if (staged.size() >= MOST_STAGED || stagedBytes >= MOST_STAGED_BYTES) {
        full = take();
      }
    }
    keep(full);
    earlyWrites.written(blob.blob().sizeBytes());
  }

  private void keep(Map<B3Digest, StagedBlob> taken) throws StoreException {
    if (taken.isEmpty()) {
      return;
    }
    try {
      earlyWrites.pause();
      service.keep(taken.values());
    } finally {
      earlyWrites.resume();
    }
  }

  private synchronized Map<B3Digest, StagedBlob> take() {
    Map<B3Digest, StagedBlob> taken = staged;
    staged = new HashMap<>();
    stagedBytes = 0;
    return taken;
  }

  @Override
  public void flush() throws StoreException {
    keep(take());
  }

  @Override
  public Optional<List<Chunk>> chunks(B3Digest digest) throws StoreException {
    return service.chunks(digest);
  }

  @Override
  public void close() {
    take().values().forEach(blob -> BlobFiles.discard(blob.file()));
  }
}
