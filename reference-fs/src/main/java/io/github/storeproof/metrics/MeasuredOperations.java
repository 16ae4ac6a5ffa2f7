package io.github.storeproof.metrics;

import io.github.storeproof.fuse.Errno;
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
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// Operations that do what others do, and are measured. *Thread-safe.*
public final class MeasuredOperations implements FuseOperations {
  private final FuseOperations operations;
  private final Counter errors;
  private final Counter readBytes;
  private final Operation lookup;
  private final Operation getattr;
  private final Operation readlink;
  private final Operation open;
  private final Operation read;
  private final Operation opendir;
  private final Operation readdir;
  private final Operation readdirplus;
  private final Operation statfs;
  private final Operation getxattr;
  private final Operation listxattr;
  private final Operation access;
  private final Operation lseek;

  public MeasuredOperations(FuseOperations operations, Metrics metrics) {
    this.operations = operations;
    Histogram times =
        metrics.times(
            "castore_fuse_seconds", "How long operations of the filesystem took.", "operation");
    errors =
        metrics.counter(
            "castore_fuse_errors",
            "Operations of the filesystem that were refused.",
            "operation",
            "errno");
    readBytes = metrics.counter("castore_fuse_read_bytes", "Bytes of files that were read.");
    lookup = new Operation("lookup", times);
    getattr = new Operation("getattr", times);
    readlink = new Operation("readlink", times);
    open = new Operation("open", times);
    read = new Operation("read", times);
    opendir = new Operation("opendir", times);
    readdir = new Operation("readdir", times);
    readdirplus = new Operation("readdirplus", times);
    statfs = new Operation("statfs", times);
    getxattr = new Operation("getxattr", times);
    listxattr = new Operation("listxattr", times);
    access = new Operation("access", times);
    lseek = new Operation("lseek", times);
  }

  @FunctionalInterface
  private interface Answer<T> {
    T make() throws ErrnoException;
  }

  @FunctionalInterface
  private interface Count {
    long make() throws ErrnoException;
  }

  @FunctionalInterface
  private interface Step {
    void make() throws ErrnoException;
  }

  /// One of the operations.
  private final class Operation {
    private final String name;
    private final DistributionDataPoint times;

    Operation(String name, Histogram times) {
      this.name = name;
      this.times = times.labelValues(name);
    }

    <T> T answer(Answer<T> answer) throws ErrnoException {
      long startNanos = System.nanoTime();
      try {
        return answer.make();
      } catch (ErrnoException e) {
        refused(e.errno());
        throw e;
      } finally {
        ended(startNanos);
      }
    }

    long count(Count count) throws ErrnoException {
      long startNanos = System.nanoTime();
      try {
        return count.make();
      } catch (ErrnoException e) {
        refused(e.errno());
        throw e;
      } finally {
        ended(startNanos);
      }
    }

    void run(Step step) throws ErrnoException {
      long _ =
          count(() -> {
            step.make();
            return 0;
          });
    }

    private void refused(Errno errno) {
      errors.labelValues(name, errno.name()).inc();
    }

    void ended(long startNanos) {
      times.observe((System.nanoTime() - startNanos) / Metrics.NANOS_OF_A_SECOND);
    }
  }

  @Override
  public boolean mayBlock(Opcode opcode, long nodeId, long handle) {
    return operations.mayBlock(opcode, nodeId, handle);
  }

  @Override
  public Entry lookup(long parentId, byte[] name) throws ErrnoException {
    return lookup.answer(() -> operations.lookup(parentId, name));
  }

  @Override
  public void forget(long nodeId, long lookupCount) {
    operations.forget(nodeId, lookupCount);
  }

  @Override
  public AttrOut getattr(long nodeId) throws ErrnoException {
    return getattr.answer(() -> operations.getattr(nodeId));
  }

  @Override
  public byte[] readlink(long nodeId) throws ErrnoException {
    return readlink.answer(() -> operations.readlink(nodeId));
  }

  @Override
  public Opened open(long nodeId, int flags) throws ErrnoException {
    return open.answer(() -> operations.open(nodeId, flags));
  }

  @Override
  public int read(long nodeId, long handle, long offsetBytes, MemorySegment into)
      throws ErrnoException {
    int count = (int) read.count(() -> operations.read(nodeId, handle, offsetBytes, into));
    readBytes.inc(count);
    return count;
  }

  /// Counts as a read where there is content.
  @Override
  public Optional<MemorySegment> content(long nodeId, long handle, long offsetBytes, int sizeBytes)
      throws ErrnoException {
    long startNanos = System.nanoTime();
    try {
      Optional<MemorySegment> content = operations.content(nodeId, handle, offsetBytes, sizeBytes);
      if (content.isPresent()) {
        read.ended(startNanos);
        readBytes.inc(content.get().byteSize());
      }
      return content;
    } catch (ErrnoException e) {
      read.refused(e.errno());
      read.ended(startNanos);
      throw e;
    }
  }

  @Override
  public void release(long nodeId, long handle) {
    operations.release(nodeId, handle);
  }

  @Override
  public Opened opendir(long nodeId, int flags) throws ErrnoException {
    return opendir.answer(() -> operations.opendir(nodeId, flags));
  }

  @Override
  public void readdir(long nodeId, long handle, long offset, DirentWriter out)
      throws ErrnoException {
    readdir.run(() -> operations.readdir(nodeId, handle, offset, out));
  }

  @Override
  public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
      throws ErrnoException {
    readdirplus.run(() -> operations.readdirplus(nodeId, handle, offset, out));
  }

  @Override
  public void releasedir(long nodeId, long handle) {
    operations.releasedir(nodeId, handle);
  }

  @Override
  public StatFs statfs(long nodeId) throws ErrnoException {
    return statfs.answer(() -> operations.statfs(nodeId));
  }

  @Override
  public byte[] getxattr(long nodeId, byte[] name) throws ErrnoException {
    return getxattr.answer(() -> operations.getxattr(nodeId, name));
  }

  @Override
  public byte[] listxattr(long nodeId) throws ErrnoException {
    return listxattr.answer(() -> operations.listxattr(nodeId));
  }

  @Override
  public void access(long nodeId, int mask) throws ErrnoException {
    access.run(() -> operations.access(nodeId, mask));
  }

  @Override
  public long lseek(long nodeId, long handle, long offsetBytes, int whence) throws ErrnoException {
    return lseek.count(() -> operations.lseek(nodeId, handle, offsetBytes, whence));
  }

  @Override
  public Optional<byte[]> answer(Opcode opcode, long nodeId, MemorySegment request)
      throws ErrnoException {
    return operations.answer(opcode, nodeId, request);
  }

  @Override
  public long initFlags() {
    return operations.initFlags();
  }

  @Override
  public void mounted(KernelNotifier notifier) {
    operations.mounted(notifier);
  }
}
