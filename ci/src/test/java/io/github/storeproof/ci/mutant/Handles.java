package io.github.storeproof.ci.mutant;

import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.Opened;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Each OPEN and each OPENDIR is answered with a handle of its own, and reads bypass the page cache. The reference answers
/// ENOSYS, after which the kernel sends neither them nor RELEASE and RELEASEDIR. *Thread-safe.*
class Handles extends Forwarding {
  private final AtomicLong last = new AtomicLong();

  Handles(FuseOperations right) {
    super(right);
  }

  @Override
  public Opened open(long nodeId, int flags) throws ErrnoException {
    return new Opened(last.incrementAndGet(), Opened.DIRECT_IO);
  }

  @Override
  public Optional<MemorySegment> content(long nodeId, long handle, long offset, int sizeBytes) {
    return Optional.empty();
  }

  @Override
  public void release(long nodeId, long handle) {}

  @Override
  public Opened opendir(long nodeId, int flags) throws ErrnoException {
    return new Opened(last.incrementAndGet(), 0);
  }

  @Override
  public void releasedir(long nodeId, long handle) {}
}
