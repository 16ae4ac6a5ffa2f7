package io.github.storeproof.ci.mutant;

import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.AttrOut;
import io.github.storeproof.fuse.wire.DirentPlusWriter;
import io.github.storeproof.fuse.wire.DirentWriter;
import io.github.storeproof.fuse.wire.Entry;
import io.github.storeproof.fuse.wire.Opcode;
import io.github.storeproof.fuse.wire.Opened;
import io.github.storeproof.fuse.wire.StatFs;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Node ids that are not those of the right operations; a fault chooses them. Nothing is kept by the kernel without being
/// asked for again. *Thread-safe.*
abstract class Renumbered extends Forwarding {
  /// Which right node each node id stands for.
  protected final Map<Long, Long> nodes = new ConcurrentHashMap<>(Map.of(ROOT_ID, ROOT_ID));

  Renumbered(FuseOperations right) {
    super(right);
  }

  /// The node id that a lookup answers with.
  protected abstract long idOf(long rightId);

  private long node(long nodeId) {
    return nodes.getOrDefault(nodeId, nodeId);
  }

  @Override
  public boolean mayBlock(Opcode opcode, long nodeId, long handle) {
    return super.mayBlock(opcode, node(nodeId), handle);
  }

  @Override
  public synchronized Entry lookup(long parentId, byte[] name) throws ErrnoException {
    Entry entry = super.lookup(node(parentId), name);
    if (entry.nodeId() == 0) {
      return entry;
    }
    long nodeId = idOf(entry.nodeId());
    nodes.put(nodeId, entry.nodeId());
    return new Entry(nodeId, 0, entry.attr(), 0, 0);
  }

  /// The kernel gives out handles of files, and finds the nodes that it still has.
  @Override
  public long initFlags() {
    return 0;
  }

  @Override
  public void forget(long nodeId, long lookupCount) {}

  @Override
  public AttrOut getattr(long nodeId) throws ErrnoException {
    return super.getattr(node(nodeId));
  }

  @Override
  public byte[] readlink(long nodeId) throws ErrnoException {
    return super.readlink(node(nodeId));
  }

  @Override
  public int read(long nodeId, long handle, long offset, MemorySegment into) throws ErrnoException {
    return super.read(node(nodeId), handle, offset, into);
  }

  @Override
  public Optional<MemorySegment> content(long nodeId, long handle, long offset, int sizeBytes)
      throws ErrnoException {
    return super.content(node(nodeId), handle, offset, sizeBytes);
  }

  @Override
  public Opened opendir(long nodeId, int flags) throws ErrnoException {
    return super.opendir(node(nodeId), flags);
  }

  @Override
  public void readdir(long nodeId, long handle, long offset, DirentWriter out)
      throws ErrnoException {
    super.readdir(node(nodeId), handle, offset, out);
  }

  @Override
  public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
      throws ErrnoException {
    listWithoutAttributes(nodeId, handle, offset, out);
  }

  @Override
  public StatFs statfs(long nodeId) throws ErrnoException {
    return super.statfs(node(nodeId));
  }

  @Override
  public byte[] getxattr(long nodeId, byte[] name) throws ErrnoException {
    return super.getxattr(node(nodeId), name);
  }

  @Override
  public byte[] listxattr(long nodeId) throws ErrnoException {
    return super.listxattr(node(nodeId));
  }

  @Override
  public void access(long nodeId, int mask) throws ErrnoException {
    super.access(node(nodeId), mask);
  }

  @Override
  public long lseek(long nodeId, long handle, long offsetBytes, int whence) throws ErrnoException {
    return super.lseek(node(nodeId), handle, offsetBytes, whence);
  }
}
