package io.github.storeproof.store.faulty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/// An open file whose writes and syncs may fail.
final class FaultyChannel extends FileChannel {
  private final FileChannel sound;
  private final Fault fault;

  FaultyChannel(FileChannel sound, Fault fault) {
    this.sound = sound;
    this.fault = fault;
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    if (fault.next()) {
      ByteBuffer half = bytes.slice(bytes.position(), bytes.remaining() / 2);
      while (half.hasRemaining()) {
        sound.write(half);
      }
      throw Fault.failure();
    }
    return sound.write(bytes);
  }

  @Override
  public void force(boolean withMetadata) throws IOException {
    if (fault.next()) {
      throw Fault.failure();
    }
    sound.force(withMetadata);
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return sound.read(into);
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    return sound.read(into, position);
  }

  @Override
  public long read(ByteBuffer[] into, int offset, int length) throws IOException {
    return sound.read(into, offset, length);
  }

  @Override
  public long write(ByteBuffer[] bytes, int offset, int length) {
    throw new UnsupportedOperationException("gathering write");
  }

  @Override
  public int write(ByteBuffer bytes, long position) {
    throw new UnsupportedOperationException("write at a position");
  }

  @Override
  public long position() throws IOException {
    return sound.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    sound.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return sound.size();
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    sound.truncate(size);
    return this;
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return sound.transferTo(position, count, target);
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw new UnsupportedOperationException("transfer");
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw new UnsupportedOperationException("map");
  }

  @Override
  public FileLock lock(long position, long size, boolean isShared) {
    throw new UnsupportedOperationException("lock");
  }

  @Override
  public FileLock tryLock(long position, long size, boolean isShared) {
    throw new UnsupportedOperationException("lock");
  }

  @Override
  protected void implCloseChannel() throws IOException {
    sound.close();
  }
}
