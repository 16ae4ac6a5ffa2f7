package io.github.storeproof.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Growing private memory outside the Java heap, from mmap(2): pages that are never touched cost
/// nothing, and growing moves page tables, not bytes.
///
/// The limit on direct buffers (`-XX:MaxDirectMemorySize`) does not count it. *Confined* until
/// [#seal], after which the segment that it gave is *thread-safe*.
public final class Mapping implements AutoCloseable {
  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
  private static final int MREMAP_MAYMOVE = 1;
  private static final long PAGE_BYTES = 4096;

  private final MemorySegment capture = Arena.ofAuto().allocate(SystemCalls.CAPTURE);
  private MemorySegment memory;

  private Mapping(long sizeBytes) throws PosixException {
    MemorySegment address =
        SystemCalls.mmap(capture, sizeBytes, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS);
    check("mmap", sizeBytes, address);
    memory = SystemCalls.unowned(address, sizeBytes);
  }

  /// Memory of at least `sizeBytes`, all zeros.
  public static Mapping reserve(long sizeBytes) throws PosixException {
    return new Mapping(wholePages(sizeBytes));
  }

  /// The memory as it is now: invalid after [#resize], [#seal] and [#close].
  public MemorySegment memory() {
    return memory;
  }

  /// Makes it longer (the new part is zeros) or shorter; it may move.
  public void resize(long sizeBytes) throws PosixException {
    long newSizeBytes = wholePages(sizeBytes);
    if (newSizeBytes == memory.byteSize()) {
      return;
    }
    MemorySegment address =
        SystemCalls.mremap(capture, memory, memory.byteSize(), newSizeBytes, MREMAP_MAYMOVE);
    check("mremap", newSizeBytes, address);
    memory = SystemCalls.unowned(address, newSizeBytes);
  }

  /// Hands the memory over: it is unmapped when nothing reaches the segment any more. Nothing is
  /// left to close.
  ///
  /// @return the whole memory
  public MemorySegment seal() {
    MemorySegment sealed = SystemCalls.owned(memory, memory.byteSize(), Arena.ofAuto());
    memory = MemorySegment.NULL;
    return sealed;
  }

  /// Unmaps the memory unless it was sealed.
  @Override
  public void close() {
    if (memory.byteSize() > 0) {
      SystemCalls.munmap(capture, memory, memory.byteSize());
      memory = MemorySegment.NULL;
    }
  }

  private static long wholePages(long sizeBytes) {
    return Math.max(PAGE_BYTES, Math.addExact(sizeBytes, PAGE_BYTES - 1) & -PAGE_BYTES);
  }

  private void check(String call, long sizeBytes, MemorySegment address) throws PosixException {
    if (address.address() == -1) {
      int errno = SystemCalls.errno(capture);
      throw new PosixException(
          call + " of " + sizeBytes + " bytes", errno, SystemCalls.words(errno));
    }
  }
}
