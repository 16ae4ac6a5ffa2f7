package io.github.storeproof.ci.mutant;

import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.KernelNotifier;
import io.github.storeproof.fuse.wire.AttrOut;
import io.github.storeproof.fuse.wire.DirentPlusWriter;
import io.github.storeproof.fuse.wire.DirentWriter;
import io.github.storeproof.fuse.wire.Entry;
import io.github.storeproof.fuse.wire.Opcode;
import io.github.storeproof.fuse.wire.Opened;
import io.github.storeproof.fuse.wire.StatFs;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// Operations that do what others do; a fault overrides some of them.
class Forwarding implements FuseOperations {
  /// The right operations.
  protected final FuseOperations right;

  Forwarding(FuseOperations right) {
    this.right = right;
  }

  /// Lists without attributes, so that the kernel looks each name up by itself.
  final void listWithoutAttributes(long nodeId, long handle, long offset, DirentPlusWriter out)
      throws ErrnoException {
    readdir(
        nodeId,
        handle,
        offset,
        (ino, next, type, name) ->
            out.add(new Entry(0, 0, Attrs.of(ino, type << 12), 0, 0), next, name));
  }

  @Override
  public boolean mayBlock(Opcode opcode, long nodeId, long handle) {
    return right.mayBlock(opcode, nodeId, handle);
  }

  @Override
  public Entry lookup(long parentId, byte[] name) throws ErrnoException {
    return right.lookup(parentId, name);
  }

  @Override
  public void forget(long nodeId, long lookupCount) {
    right.forget(nodeId, lookupCount);
  }

  @Override
  public AttrOut getattr(long nodeId) throws ErrnoException {
    return right.getattr(nodeId);
  }

  @Override
  public byte[] readlink(long nodeId) throws ErrnoException {
    return right.readlink(nodeId);
  }

  @Override
  public Opened open(long nodeId, int flags) throws ErrnoException {
    return right.open(nodeId, flags);
  }

  @Override
  public int read(long nodeId, long handle, long offsetBytes, MemorySegment into)
      throws ErrnoException {
    return right.read(nodeId, handle, offsetBytes, into);
  }

  @Override
  public Optional<MemorySegment> content(long nodeId, long handle, long offsetBytes, int sizeBytes)
      throws ErrnoException {
    return right.content(nodeId, handle, offsetBytes, sizeBytes);
  }

  @Override
  public void release(long nodeId, long handle) {
    right.release(nodeId, handle);
  }

  @Override
  public Opened opendir(long nodeId, int flags) throws ErrnoException {
    return right.opendir(nodeId, flags);
  }

  @Override
  public void readdir(long nodeId, long handle, long offset, DirentWriter out)
      throws ErrnoException {
    right.readdir(nodeId, handle, offset, out);
  }

  @Override
  public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
      throws ErrnoException {
    right.readdirplus(nodeId, handle, offset, out);
  }

  @Override
  public void releasedir(long nodeId, long handle) {
    right.releasedir(nodeId, handle);
  }

  @Override
  public StatFs statfs(long nodeId) throws ErrnoException {
    return right.statfs(nodeId);
  }

  @Override
  public byte[] getxattr(long nodeId, byte[] name) throws ErrnoException {
    return right.getxattr(nodeId, name);
  }

  @Override
  public byte[] listxattr(long nodeId) throws ErrnoException {
    return right.listxattr(nodeId);
  }

  @Override
  public void access(long nodeId, int mask) throws ErrnoException {
    right.access(nodeId, mask);
  }

  @Override
  public long lseek(long nodeId, long handle, long offsetBytes, int whence) throws ErrnoException {
    return right.lseek(nodeId, handle, offsetBytes, whence);
  }

  @Override
  public Optional<byte[]> answer(Opcode opcode, long nodeId, MemorySegment request)
      throws ErrnoException {
    return right.answer(opcode, nodeId, request);
  }

  @Override
  public long initFlags() {
    return right.initFlags();
  }

  @Override
  public void mounted(KernelNotifier notifier) {
    right.mounted(notifier);
  }
}
