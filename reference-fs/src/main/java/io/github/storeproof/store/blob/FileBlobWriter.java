package io.github.storeproof.store.blob;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.OutboardHasher;
import io.github.storeproof.store.StoreException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Writes a blob to a file of its own beside the others. *Confined.*
final class FileBlobWriter implements BlobWriter {
  private static final long WRITTEN_AT_ONCE_BYTES = 1 << 20;

  /// Takes complete files.
  @FunctionalInterface
  interface Sink {
    void take(StagedBlob staged) throws StoreException;
  }

  private final Path file;
  private final FileChannel channel;
  private final Sink sink;
  private final long nowMillis;
  private final OutboardHasher hasher = new OutboardHasher();
  private final EarlyWrites earlyWrites;
  private long sizeBytes;
  private boolean isOpen = true;
  private boolean isTaken;

  FileBlobWriter(BlobFiles files, long nowMillis, Sink sink) throws StoreException {
    this.file = files.newIncoming();
    this.nowMillis = nowMillis;
    this.sink = sink;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      earlyWrites = new EarlyWrites(() -> channel.force(false));
    } catch (IOException e) {
      throw BlobFiles.failure("blob cannot be written", e);
    }
  }

  @Override
  public void write(MemorySegment bytes) throws StoreException {
    requireOpen();
    try {
      for (long at = 0; at < bytes.byteSize(); at += WRITTEN_AT_ONCE_BYTES) {
        MemorySegment piece =
            bytes.asSlice(at, Math.min(WRITTEN_AT_ONCE_BYTES, bytes.byteSize() - at));
        hasher.update(piece);
        ByteBuffer buffer = piece.asByteBuffer();
        while (buffer.hasRemaining()) {
          sizeBytes += channel.write(buffer);
        }
        earlyWrites.written(piece.byteSize());
      }
    } catch (IOException e) {
      throw BlobFiles.failure("blob cannot be written", e);
    }
  }

  @Override
  public B3Digest commit() throws StoreException {
    requireOpen();
    isOpen = false;
    earlyWrites.pause();
    try {
      channel.close();
    } catch (IOException e) {
      throw BlobFiles.failure("blob cannot be written", e);
    }
    OutboardHasher.Hashed hashed = hasher.finish();
    BlobRecord blob = new BlobRecord(sizeBytes, nowMillis, hashed.outboard());
    sink.take(new StagedBlob(hashed.digest(), file, blob));
    isTaken = true;
    return hashed.digest();
  }

  @Override
  public void close() {
    isOpen = false;
    try (channel) {
      if (!isTaken) {
        Files.deleteIfExists(file);
      }
    } catch (IOException _) {
      // It is in nobody's way, and goes with the next collection of garbage.
    }
  }

  private void requireOpen() {
    if (!isOpen) {
      throw new IllegalArgumentException("this writer was committed or closed");
    }
  }
}
