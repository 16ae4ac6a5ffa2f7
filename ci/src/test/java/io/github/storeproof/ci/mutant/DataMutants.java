package io.github.storeproof.ci.mutant;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.Opcode;
import io.github.storeproof.fuse.wire.Opened;
import io.github.storeproof.fuse.wire.Requests;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// Faults in data that is read in other ways than by read.
final class DataMutants {
  private static final int PAGE_BYTES = 4096;
  private static final int LARGE_READ_BYTES = 65_536;
  private static final int OPEN_FLAGS_AT = 72;
  private static final int O_DIRECT = 040000;
  private static final int SEEK_DATA = 3;

  static final List<Mutant> ALL =
      List.of(
          reads("EverySecondPageIsTheOneBefore", "READ-8", "different", DataMutants::repeatPages),
          reads("PagesBehindTheFirstAreZero", "READ-8", "different", DataMutants::zeroPages),
          direct("DirectReadsArePadded", "READ-9", "where the file has", DataMutants::padded),
          direct("DirectReadsStartAtTheStart", "READ-9", "different", DataMutants::fromTheStart),
          direct("DirectReadsAreErrors", "READ-9", "EIO", (_, _, _, _) -> refuse(Errno.EIO)),
          seeks("EverythingIsAHole", "ENXIO", DataMutants::allHoles),
          seeks("DataBeginsAtTheNextPage", "where bytes other than 0", DataMutants::nextPage),
          seeks("DataBeginsAtTheStart", "to", (_, _, _) -> 0),
          seeks("ThereIsDataBehindTheEnd", "ENXIO", (_, offset, _) -> offset),
          direct(
              "DirectReadsOfMappedFilesAreEmpty",
              "READ-11",
              "result 0",
              (_, _, _, _) -> new byte[0]),
          hanging(),
          reads("LargeReadsRepeatTheirStart", "READ-12", "different", DataMutants::repeatStart),
          Mutant.of("OffsetsAreOf32Bits", "READ-7", "bytes", ShortOffsets::new));

  private DataMutants() {}

  /// What a fault makes of right bytes.
  @FunctionalInterface
  private interface ByteFault {
    void spoil(MemorySegment bytes);
  }

  /// What is read with O_DIRECT.
  @FunctionalInterface
  private interface DirectFault {
    byte[] read(FuseOperations right, long nodeId, long offset, int sizeBytes)
        throws ErrnoException;
  }

  /// Where data or a hole is said to begin.
  @FunctionalInterface
  private interface SeekFault {
    long seek(int whence, long offset, long fileBytes) throws ErrnoException;
  }

  private static Mutant reads(String name, String rule, String message, ByteFault fault) {
    return Mutant.of(
        name,
        rule,
        message,
        right ->
            new Answering(
                right,
                0,
                (operations, opcode, nodeId, request) -> {
                  if (opcode != Opcode.READ) {
                    return Optional.empty();
                  }
                  byte[] bytes = read(operations, nodeId, request);
                  fault.spoil(MemorySegment.ofArray(bytes));
                  return Optional.of(bytes);
                }));
  }

  private static byte[] read(FuseOperations right, long nodeId, MemorySegment request)
      throws ErrnoException {
    return read(right, nodeId, Requests.offset(request), (int) Requests.sizeBytes(request));
  }

  private static byte[] read(FuseOperations right, long nodeId, long offset, int sizeBytes)
      throws ErrnoException {
    byte[] bytes = new byte[sizeBytes];
    int count = right.read(nodeId, 0, offset, MemorySegment.ofArray(bytes));
    return Arrays.copyOf(bytes, count);
  }

  private static void repeatPages(MemorySegment bytes) {
    for (long page = PAGE_BYTES; page + PAGE_BYTES <= bytes.byteSize(); page += 2 * PAGE_BYTES) {
      MemorySegment.copy(bytes, page - PAGE_BYTES, bytes, page, PAGE_BYTES);
    }
  }

  private static void zeroPages(MemorySegment bytes) {
    if (bytes.byteSize() > PAGE_BYTES) {
      bytes.asSlice(PAGE_BYTES).fill((byte) 0);
    }
  }

  private static void repeatStart(MemorySegment bytes) {
    long rest = bytes.byteSize() - LARGE_READ_BYTES;
    if (rest > 0) {
      MemorySegment.copy(bytes, 0, bytes, LARGE_READ_BYTES, Math.min(rest, LARGE_READ_BYTES));
    }
  }

  private static Mutant direct(String name, String rule, String message, DirectFault fault) {
    return Mutant.of(
        name,
        rule,
        message,
        right ->
            new Answering(
                right,
                0,
                (operations, opcode, nodeId, request) -> {
                  if (opcode != Opcode.READ || !isDirect(request)) {
                    return Optional.empty();
                  }
                  int size = (int) Requests.sizeBytes(request);
                  return Optional.of(
                      fault.read(operations, nodeId, Requests.offset(request), size));
                }));
  }

  private static boolean isDirect(MemorySegment request) {
    return (request.get(JAVA_INT_UNALIGNED, OPEN_FLAGS_AT) & O_DIRECT) != 0;
  }

  private static byte[] padded(FuseOperations right, long nodeId, long offset, int sizeBytes)
      throws ErrnoException {
    return Arrays.copyOf(read(right, nodeId, offset, sizeBytes), sizeBytes);
  }

  private static byte[] fromTheStart(FuseOperations right, long nodeId, long offset, int sizeBytes)
      throws ErrnoException {
    int count = read(right, nodeId, offset, sizeBytes).length;
    return read(right, nodeId, 0, count);
  }

  private static byte[] refuse(Errno errno) throws ErrnoException {
    throw new ErrnoException(errno);
  }

  /// A direct read waits until nobody has the file in memory.
  private static Mutant hanging() {
    CountDownLatch never = new CountDownLatch(1);
    return direct(
            "DirectReadsWaitForThePagesOfTheFile",
            "READ-11/direct-reads-into-a-mapping-of-the-same-file-end",
            Mutant.NO_ANSWER,
            (right, nodeId, offset, sizeBytes) -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                throw new ErrnoException(Errno.EINTR);
              }
              return read(right, nodeId, offset, sizeBytes);
            })
        .apart();
  }

  private static Mutant seeks(String name, String message, SeekFault fault) {
    return Mutant.of(
        name,
        "READ-10",
        message,
        right ->
            new Forwarding(right) {
              @Override
              public long lseek(long nodeId, long handle, long offsetBytes, int whence)
                  throws ErrnoException {
                long size = right.getattr(nodeId).attr().sizeBytes();
                return fault.seek(whence, offsetBytes, size);
              }
            });
  }

  private static long allHoles(int whence, long offset, long fileBytes) throws ErrnoException {
    if (whence == SEEK_DATA || offset >= fileBytes) {
      throw new ErrnoException(Errno.ENXIO);
    }
    return offset;
  }

  private static long nextPage(int whence, long offset, long fileBytes) throws ErrnoException {
    if (offset >= fileBytes) {
      throw new ErrnoException(Errno.ENXIO);
    }
    return whence == SEEK_DATA
        ? Math.min(fileBytes - 1, (offset / PAGE_BYTES + 1) * PAGE_BYTES)
        : fileBytes;
  }

  /// Files bypass the page cache, and the upper half of an offset is lost.
  private static final class ShortOffsets extends Forwarding {
    ShortOffsets(FuseOperations right) {
      super(right);
    }

    @Override
    public Opened open(long nodeId, int flags) {
      return new Opened(0, Opened.DIRECT_IO);
    }

    @Override
    public void release(long nodeId, long handle) {}

    @Override
    public Optional<MemorySegment> content(
        long nodeId, long handle, long offsetBytes, int sizeBytes) {
      return Optional.empty();
    }

    @Override
    public int read(long nodeId, long handle, long offsetBytes, MemorySegment into)
        throws ErrnoException {
      return right.read(nodeId, handle, offsetBytes & 0xffff_ffffL, into);
    }
  }
}
