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
    boolean hasRoom = offset != 0 || out.add(ino, 1, DIRECTORY_TYPE, DOT);
    hasRoom =
        hasRoom && (offset > 1 || out.add(parentIno, FIRST_ENTRY_OFFSET, DIRECTORY_TYPE, DOT_DOT));
    for (int i = firstIndex(offset); hasRoom && i < listing.entryCount(); i++) {
      PathComponent name = listing.nameAt(i);
      int type = Attributes.direntTypeOf(listing.nodeAt(i));
      hasRoom = out.add(Inos.child(ino, name), offsetAfter(i), type, name.toBytes());
    }
  }

  void writePlus(long offset, DirentPlusWriter out) {
    boolean hasRoom = offset != 0 || out.add(uncounted(ino), 1, DOT);
    hasRoom = hasRoom && (offset > 1 || out.add(uncounted(parentIno), FIRST_ENTRY_OFFSET, DOT_DOT));
    for (int i = firstIndex(offset); hasRoom && i < listing.entryCount(); i++) {
      hasRoom = writeCounted(i, out);
    }
  }

  private boolean writeCounted(int index, DirentPlusWriter out) {
    Inode inode = listing.lookup(index);
    boolean isTaken = out.add(Entries.of(inode), offsetAfter(index), inode.name().toBytes());
    if (!isTaken) {
      inode.siblings().forget(inode, 1);
    }
    return isTaken;
  }

  private int firstIndex(long offset) {
    long index = Math.max(0, offset - FIRST_ENTRY_OFFSET);
    return offset < 0 || index > listing.entryCount() ? listing.entryCount() : (int) index;
  }

  private static long offsetAfter(int index) {
    return index + 1 + FIRST_ENTRY_OFFSET;
  }

  private static Entry uncounted(long ino) {
    return new Entry(0, 0, Attributes.ofDirectory(ino), 0, 0);
  }
}
