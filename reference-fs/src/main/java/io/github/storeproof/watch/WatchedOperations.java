package io.github.storeproof.watch;

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
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Operations that do what others do, and are watched. *Thread-safe.*
public final class WatchedOperations implements FuseOperations {
  private final FuseOperations operations;
  private final OperationWatch watch;

  public WatchedOperations(FuseOperations operations, OperationWatch watch) {
    this.operations = operations;
    this.watch = watch;
  }

  @FunctionalInterface
  private interface Answer<T> {
    T make() throws ErrnoException;
  }

  @FunctionalInterface
  private interface Step {
    void make() throws ErrnoException;
  }

  private <T> T answer(FuseOperation operation, long nodeId, Answer<T> answer)
      throws ErrnoException {
    return within(watch.begin(operation, nodeId), answer, _ -> true);
  }

  /// @param isAsked whether the answer is one
  private static <T> T within(
      OperationWatch.Running running, Answer<T> answer, Predicate<T> isAsked)
      throws ErrnoException {
    // What is thrown without an error number is told as the kernel is told of it.
    @Nullable Errno refusal = Errno.EIO;
    boolean isOne = true;
    try {
      T made = answer.make();
      isOne = isAsked.test(made);
      refusal = null;
      return made;
    } catch (ErrnoException e) {
      refusal = e.errno();
      throw e;
    } finally {
      if (isOne) {
        running.end(refusal);
      } else {
        running.drop();
      }
    }
  }

  private void run(FuseOperation operation, long nodeId, Step step) throws ErrnoException {
    var _ =
        answer(
            operation,
            nodeId,
            () -> {
              step.make();
              return operation;
            });
  }

  @Override
  public boolean mayBlock(Opcode opcode, long nodeId, long handle) {
    return operations.mayBlock(opcode, nodeId, handle);
  }

  @Override
  public Entry lookup(long parentId, byte[] name) throws ErrnoException {
    return answer(FuseOperation.LOOKUP, parentId, () -> operations.lookup(parentId, name));
  }

  @Override
  public void forget(long nodeId, long lookupCount) {
    operations.forget(nodeId, lookupCount);
  }

  @Override
  public AttrOut getattr(long nodeId) throws ErrnoException {
    return answer(FuseOperation.GETATTR, nodeId, () -> operations.getattr(nodeId));
  }

  @Override
  public byte[] readlink(long nodeId) throws ErrnoException {
    return answer(FuseOperation.READLINK, nodeId, () -> operations.readlink(nodeId));
  }

  @Override
  public Opened open(long nodeId, int flags) throws ErrnoException {
    return answer(FuseOperation.OPEN, nodeId, () -> operations.open(nodeId, flags));
  }

  @Override
  public int read(long nodeId, long handle, long offsetBytes, MemorySegment into)
      throws ErrnoException {
    OperationWatch.Running running = watch.begin(FuseOperation.READ, nodeId);
    return within(
        running,
        () -> {
          int count = operations.read(nodeId, handle, offsetBytes, into);
          running.read(count);
          return count;
        },
        _ -> true);
  }

  /// Is a read where there is content.
  @Override
  public Optional<MemorySegment> content(long nodeId, long handle, long offsetBytes, int sizeBytes)
      throws ErrnoException {
    OperationWatch.Running running = watch.begin(FuseOperation.READ, nodeId);
    return within(
        running,
        () -> {
          var content = operations.content(nodeId, handle, offsetBytes, sizeBytes);
          content.ifPresent(bytes -> running.read(bytes.byteSize()));
          return content;
        },
        Optional::isPresent);
  }

  @Override
  public void release(long nodeId, long handle) {
    operations.release(nodeId, handle);
  }

  @Override
  public Opened opendir(long nodeId, int flags) throws ErrnoException {
    return answer(FuseOperation.OPENDIR, nodeId, () -> operations.opendir(nodeId, flags));
  }

  @Override
  public void readdir(long nodeId, long handle, long offset, DirentWriter out)
      throws ErrnoException {
    run(FuseOperation.READDIR, nodeId, () -> operations.readdir(nodeId, handle, offset, out));
  }

  @Override
  public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
      throws ErrnoException {
    run(
        FuseOperation.READDIRPLUS,
        nodeId,
        () -> operations.readdirplus(nodeId, handle, offset, out));
  }

  @Override
  public void releasedir(long nodeId, long handle) {
    operations.releasedir(nodeId, handle);
  }

  @Override
  public StatFs statfs(long nodeId) throws ErrnoException {
    return answer(FuseOperation.STATFS, nodeId, () -> operations.statfs(nodeId));
  }

  @Override
  public byte[] getxattr(long nodeId, byte[] name) throws ErrnoException {
    return answer(FuseOperation.GETXATTR, nodeId, () -> operations.getxattr(nodeId, name));
  }

  @Override
  public byte[] listxattr(long nodeId) throws ErrnoException {
    return answer(FuseOperation.LISTXATTR, nodeId, () -> operations.listxattr(nodeId));
  }

  @Override
  public void access(long nodeId, int mask) throws ErrnoException {
    run(FuseOperation.ACCESS, nodeId, () -> operations.access(nodeId, mask));
  }

  @Override
  public long lseek(long nodeId, long handle, long offsetBytes, int whence) throws ErrnoException {
    return answer(
        FuseOperation.LSEEK, nodeId, () -> operations.lseek(nodeId, handle, offsetBytes, whence));
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
