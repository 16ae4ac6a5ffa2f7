package io.github.storeproof.fuse;

import io.github.storeproof.fuse.wire.Attr;
import io.github.storeproof.fuse.wire.AttrOut;
import io.github.storeproof.fuse.wire.DirentPlusWriter;
import io.github.storeproof.fuse.wire.DirentWriter;
import io.github.storeproof.fuse.wire.Entry;
import io.github.storeproof.fuse.wire.InitFlags;
import io.github.storeproof.fuse.wire.Opcode;
import io.github.storeproof.fuse.wire.Opened;
import io.github.storeproof.fuse.wire.StatFs;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// What a read-only filesystem answers to the kernel: one method for each question, on node ids.
///
/// Names and targets are bytes. Mutations never arrive here: [FuseSession] answers them with EROFS,
/// and unknown questions with ENOSYS. Node id 1 is the root. A method refuses with an
/// [ErrnoException]; the kernel asks an operation that answered [Errno#ENOSYS] never again during
/// the mount and takes its own way (for `open` and `opendir`: it needs no handle and no message,
/// and passes handle 0 to what follows).
///
/// Implementations are *thread-safe*: several loops and virtual threads call at a time.
public interface FuseOperations {
  /// The node id of the root directory, as the kernel knows it before the first request
  /// (`FUSE_ROOT_ID`).
  long ROOT_ID = 1;

  /// Whether answering may wait for a store. Such a request is answered on a virtual thread with
  /// buffers of its own; any other inside the request loop, which nothing may hold up.
  ///
  /// @param opcode LOOKUP, GETATTR, READLINK, OPEN, READ, OPENDIR, READDIR, READDIRPLUS, GETXATTR,
  ///     LISTXATTR, STATFS …
  /// @param nodeId the node asked about; for LOOKUP the parent
  /// @param handle of READ, READDIR and READDIRPLUS; 0 for the others
  boolean mayBlock(Opcode opcode, long nodeId, long handle);

  /// Finds a name in a directory. A positive answer adds one to the node's lookup count, until
  /// [#forget].
  ///
  /// A missing name is [Entry#negative], which the kernel may remember, or [Errno#ENOENT], which it
  /// does not.
  Entry lookup(long parentId, byte[] name) throws ErrnoException;

  /// Takes `lookupCount` from the node's lookup count; at 0 the kernel knows the node no more.
  void forget(long nodeId, long lookupCount);

  AttrOut getattr(long nodeId) throws ErrnoException;

  /// The target's bytes, 1 to 4095 of them.
  byte[] readlink(long nodeId) throws ErrnoException;

  /// Opens a file. `flags` are those of open(2), without O_CREAT, O_EXCL and O_NOCTTY.
  Opened open(long nodeId, int flags) throws ErrnoException;

  /// Reads up to `into.byteSize()` bytes from `offsetBytes` on to the start of `into`.
  ///
  /// Fewer than asked for mean the end of the file, and nothing else: the kernel shortens the file
  /// then.
  ///
  /// @return how many bytes were read; 0 at and after the end
  int read(long nodeId, long handle, long offsetBytes, MemorySegment into) throws ErrnoException;

  /// Content without a copy: native memory with what [#read] would copy, as long as that would be.
  ///
  /// The transport asks this first and [#read] when there is none. The memory stays unchanged while
  /// the segment is reachable, and is accessible to every thread.
  default Optional<MemorySegment> content(long nodeId, long handle, long offsetBytes, int sizeBytes)
      throws ErrnoException {
    return Optional.empty();
  }

  /// Gives an `open` handle back; the kernel waits for no answer.
  void release(long nodeId, long handle);

  Opened opendir(long nodeId, int flags) throws ErrnoException;

  /// Lists from `offset` on: 0, or the `nextOffset` of the entry after which to go on. Ends when
  /// `out` is full or no entry is left; nothing written means the end.
  void readdir(long nodeId, long handle, long offset, DirentWriter out) throws ErrnoException;

  /// Lists as [#readdir] does, with attributes. Each entry that was accepted with a node id other
  /// than 0 counts as a lookup of it.
  void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
      throws ErrnoException;

  /// Gives an `opendir` handle back.
  void releasedir(long nodeId, long handle);

  StatFs statfs(long nodeId) throws ErrnoException;

  /// The value of an extended attribute; [Errno#ENODATA] when there is none of that name. The
  /// session handles the caller's buffer size.
  byte[] getxattr(long nodeId, byte[] name) throws ErrnoException;

  /// The names of all extended attributes, each ended by a NUL byte.
  byte[] listxattr(long nodeId) throws ErrnoException;

  /// access(2), only asked when the mount lacks `default_permissions`.
  default void access(long nodeId, int mask) throws ErrnoException {
    throw new ErrnoException(Errno.ENOSYS);
  }

  /// SEEK_DATA and SEEK_HOLE. Unless overridden the kernel answers by itself: all data, a hole at
  /// the end.
  default long lseek(long nodeId, long handle, long offsetBytes, int whence) throws ErrnoException {
    throw new ErrnoException(Errno.ENOSYS);
  }

  /// Answers a request by itself: the bytes that follow the header of the reply. This is for questions
  /// that have no method here (FSYNC, IOCTL, SETLK, STATX …), and is asked before anything else is
  /// done with any request but INIT; unless overridden the session goes on without it.
  ///
  /// @param request all of the request, header included
  default Optional<byte[]> answer(Opcode opcode, long nodeId, MemorySegment request)
      throws ErrnoException {
    return Optional.empty();
  }

  /// The [io.github.storeproof.fuse.wire.InitFlags] that it takes besides those of the session, where
  /// the kernel offers them. Unless said otherwise, that a node cannot be found by its number once it is forgotten.
  default long initFlags() {
    return InitFlags.NO_EXPORT_SUPPORT;
  }

  /// The mount is up: the kernel and the session agreed. `notifier` tells the kernel of changes.
  default void mounted(KernelNotifier notifier) {}
}
