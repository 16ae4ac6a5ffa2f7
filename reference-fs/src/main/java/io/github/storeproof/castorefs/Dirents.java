package io.github.storeproof.castorefs;

import io.github.storeproof.fuse.wire.Attr;
import io.github.storeproof.fuse.wire.DirentPlusWriter;
import io.github.storeproof.fuse.wire.DirentWriter;
import io.github.storeproof.fuse.wire.Entry;
import io.github.storeproof.model.PathComponent;
import java.nio.charset.StandardCharsets;

/// Writes a directory's entries from any offset on (rules DIR-1…6).
///
/// | offset | what comes next |
/// |---|---|
/// | 0 | `.` |
/// | 1 | `..` |
/// | 2 + i | the entry with index i |
///
/// Any other offset is the end of the directory. *Immutable.*
///
/// @param ino of the directory
/// @param parentIno of the directory above it
record Dirents(Listing listing, long ino, long parentIno) {
  private static final byte[] DOT = ".".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DOT_DOT = "..".getBytes(StandardCharsets.US_ASCII);
  private static final int DIRECTORY_TYPE = Attr.S_IFDIR >> 12;
  private static final long FIRST_ENTRY_OFFSET = 2;

  void write(long offset, DirentWriter out) {
    boolean hasRoom = true;
    for (long at = start(offset); hasRoom && at < end(); at++) {
      hasRoom = writeAt(at, out);
    }
  }

  void writePlus(long offset, DirentPlusWriter out) {
    boolean hasRoom = true;
    for (long at = start(offset); hasRoom && at < end(); at++) {
      hasRoom = writeAt(at, out);
    }
  }

  private boolean writeAt(long offset, DirentWriter out) {
    if (offset < FIRST_ENTRY_OFFSET) {
      return offset == 0
          ? out.add(ino, offset + 1, DIRECTORY_TYPE, DOT)
          : out.add(parentIno, offset + 1, DIRECTORY_TYPE, DOT_DOT);
    }
    int index = (int) (offset - FIRST_ENTRY_OFFSET);
    PathComponent name = listing.nameAt(index);
    int type = Attributes.direntTypeOf(listing.nodeAt(index));
    return out.add(Inos.child(ino, name), offset + 1, type, name.toBytes());
  }

  private boolean writeAt(long offset, DirentPlusWriter out) {
    if (offset < FIRST_ENTRY_OFFSET) {
      return offset == 0
          ? out.add(uncounted(ino), offset + 1, DOT)
          : out.add(uncounted(parentIno), offset + 1, DOT_DOT);
    }
    Inode inode = listing.lookup((int) (offset - FIRST_ENTRY_OFFSET));
    boolean isTaken = out.add(Entries.of(inode), offset + 1, inode.name().toBytes());
    if (!isTaken) {
      inode.siblings().forget(inode, 1);
    }
    return isTaken;
  }

  private long start(long offset) {
    return offset < 0 ? end() : offset;
  }

  private long end() {
    return FIRST_ENTRY_OFFSET + listing.entryCount();
  }

  private static Entry uncounted(long ino) {
    return new Entry(0, 0, Attributes.ofDirectory(ino), 0, 0);
  }
}
