package io.github.storeproof.store.blob;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.store.StoreException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  FileBlobBatch(FileBlobService service, BlobFiles files, InstantSource clock) {
    this.service = service;
    this.files = files;
    this.clock = clock;
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
    Optional<B3Digest> known = service.known(content);
    return known.isPresent() ? known.get() : BlobBatch.super.put(content);
  }

  private void stage(StagedBlob blob) throws StoreException {
    Map<B3Digest, StagedBlob> full = Map.of();
    synchronized (this) {
      if (written.putIfAbsent(blob.digest(), blob) != null) {
        discard(blob.file());
        return;
      }
      staged.put(blob.digest(), blob);
      stagedBytes += blob.blob().sizeBytes();
      if (staged.size() >= MOST_STAGED || stagedBytes >= MOST_STAGED_BYTES) {
        full = take();
      }
    }
    if (!full.isEmpty()) {
      service.keep(full.values());
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
    Map<B3Digest, StagedBlob> taken = take();
    if (!taken.isEmpty()) {
      service.keep(taken.values());
    }
  }

  @Override
  public Optional<List<Chunk>> chunks(B3Digest digest) throws StoreException {
    return service.chunks(digest);
  }

  @Override
  public void close() {
    take().values().forEach(blob -> discard(blob.file()));
  }

  private static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      // It is in nobody's way, and goes with the next collection of garbage.
    }
  }
}
