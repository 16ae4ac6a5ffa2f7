package io.github.storeproof.fuse.wire;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/// Messages to the kernel that answer no request: an [OutHeader] with unique 0 and the code as
/// error.
///
/// | code | body |
/// |---|---|
/// | 2 INVAL_INODE | nodeid (8), off (8), len (8); 0 and 0 mean everything |
/// | 3 INVAL_ENTRY | parent nodeid (8), namelen (4), flags (4), name with NUL |
public final class Notification {
  private static final int INVAL_INODE = 2;
  private static final int INVAL_ENTRY = 3;

  private Notification() {}

  /// Attributes and all cached content of a node are stale.
  public static MemorySegment invalInode(SegmentAllocator allocator, long nodeId) {
    MemorySegment message = message(allocator, INVAL_INODE, 24);
    message.set(JAVA_LONG_UNALIGNED, OutHeader.SIZE_BYTES, nodeId);
    return message;
  }

  /// A name in a directory is stale.
  public static MemorySegment invalEntry(SegmentAllocator allocator, long parentId, byte[] name) {
    MemorySegment message = message(allocator, INVAL_ENTRY, 16 + name.length + 1);
    int body = OutHeader.SIZE_BYTES;
    message.set(JAVA_LONG_UNALIGNED, body, parentId);
    message.set(JAVA_INT_UNALIGNED, body + 8, name.length);
    MemorySegment.copy(name, 0, message, JAVA_BYTE, body + 16, name.length);
    return message;
  }

  private static MemorySegment message(SegmentAllocator allocator, int code, int bodyBytes) {
    int lengthBytes = OutHeader.SIZE_BYTES + bodyBytes;
    MemorySegment message = allocator.allocate(lengthBytes, 8).fill((byte) 0);
    OutHeader.write(message, lengthBytes, code, 0);
    return message;
  }
}
