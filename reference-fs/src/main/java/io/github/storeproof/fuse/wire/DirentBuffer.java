package io.github.storeproof.fuse.wire;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/// Packs directory entries into memory, up to a limit (`struct fuse_dirent`, `struct
/// fuse_direntplus`).
///
/// | offset | size | field |
/// |---|---|---|
/// | 0 | 8 | ino |
/// | 8 | 8 | off, of the next entry |
/// | 16 | 4 | namelen |
/// | 20 | 4 | type |
/// | 24 | namelen | name, then zeros up to a multiple of 8 |
///
/// The plus form has an [Entry] of 128 bytes before that. *Confined.*
public final class DirentBuffer implements DirentWriter, DirentPlusWriter {
  private static final int NAME_OFFSET = 24;

  private final MemorySegment memory;
  private long limitBytes;
  private long usedBytes;

  public DirentBuffer(MemorySegment memory) {
    this.memory = memory;
  }

  /// Begins anew; at most `limitBytes` are written, and never more than the memory holds.
  public void reset(long limitBytes) {
    this.limitBytes = Math.min(limitBytes, memory.byteSize());
    usedBytes = 0;
  }

  public long usedBytes() {
    return usedBytes;
  }

  @Override
  public boolean add(long ino, long nextOffset, int type, byte[] name) {
    if (sizeBytes(name) > limitBytes - usedBytes) {
      return false;
    }
    usedBytes = write(usedBytes, ino, nextOffset, type, name);
    return true;
  }

  @Override
  public boolean add(Entry entry, long nextOffset, byte[] name) {
    if (Entry.SIZE_BYTES + sizeBytes(name) > limitBytes - usedBytes) {
      return false;
    }
    entry.write(memory, usedBytes);
    Attr attr = entry.attr();
    usedBytes =
        write(usedBytes + Entry.SIZE_BYTES, attr.ino(), nextOffset, attr.direntType(), name);
    return true;
  }

  private long write(long at, long ino, long nextOffset, int type, byte[] name) {
    memory.set(JAVA_LONG_UNALIGNED, at, ino);
    memory.set(JAVA_LONG_UNALIGNED, at + 8, nextOffset);
    memory.set(JAVA_INT_UNALIGNED, at + 16, name.length);
    memory.set(JAVA_INT_UNALIGNED, at + 20, type);
    MemorySegment.copy(name, 0, memory, JAVA_BYTE, at + NAME_OFFSET, name.length);
    long end = at + sizeBytes(name);
    for (long pad = at + NAME_OFFSET + name.length; pad < end; pad++) {
      memory.set(JAVA_BYTE, pad, (byte) 0);
    }
    return end;
  }

  private static long sizeBytes(byte[] name) {
    return (NAME_OFFSET + name.length + 7L) & ~7L;
  }
}
