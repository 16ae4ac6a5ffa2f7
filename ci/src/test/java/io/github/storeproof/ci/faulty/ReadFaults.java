package io.github.storeproof.ci.faulty;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Wrong content.
final class ReadFaults {
  static final List<Fault> ALL =
      List.of(
          fault(
                  "OffsetsAreRoundedToPages",
                  "READ-1",
                  "different",
                  (right, offset, size) -> right.read(offset & ~4095L, size))
              .uncached(),
          fault(
              "TheLastByteOfEach64KiBIsWrong",
              "READ-4",
              "digest",
              (right, offset, size) -> wrongAt(right.read(offset, size), offset, 1 << 16)),
          fault(
              "TheLastByteOfEachMiBIsWrong",
              "READ-4",
              "digest",
              (right, offset, size) -> wrongAt(right.read(offset, size), offset, 1 << 20)),
          fault(
              "AByteIsSkippedAt128KiB",
              "READ-3",
              "digest",
              (right, offset, size) -> right.read(offset + (offset >> 17 > 0 ? 1 : 0), size)),
          fault(
              "OffsetsHave20Bits",
              "READ-3",
              "digest",
              (right, offset, size) -> right.read(offset & 0xFFFFF, size)),
          fault(
              "RepliesAreHalfAsLong",
              "READ-3",
              "digest",
              (right, offset, size) -> cut(right.read(offset, size), Math.max(1, size / 2))),
          fault(
              "TheLastPageIsZero",
              "READ-3",
              "digest",
              (right, offset, size) -> zeroTail(right.read(offset, size), size)),
          fault(
              "TheLastByteIsLost",
              "READ-3",
              "digest",
              (right, offset, size) -> {
                byte[] data = right.read(offset, size);
                return data.length < size ? cut(data, data.length - 1) : data;
              }),
          fault(
              "ReadsBehindAMiBFail",
              "READ-3",
              "EIO",
              (right, offset, size) -> failingBehind(right, 1 << 20, offset, size)),
          fault(
                  "ReadsBehindTheEndFail",
                  "READ-2",
                  "EINVAL",
                  (right, offset, size) -> {
                    byte[] data = right.read(offset, size);
                    if (data.length == 0) {
                      throw new Failure(Failure.EINVAL);
                    }
                    return data;
                  })
              .uncached(),
          fault(
                  "ReadsBehindTheEndGiveAByte",
                  "READ-2",
                  "1 bytes",
                  (right, offset, size) -> {
                    byte[] data = right.read(offset, size);
                    return data.length == 0 ? new byte[1] : data;
                  })
              .uncached(),
          fault(
              "TheSecondPageIsTheFirst",
              "READ-3",
              "digest",
              (right, offset, size) -> firstPage(right.read(offset, size))),
          Fault.of("ReadersShareAPosition", "READ-5", "different", ReadFaults::seeking).apart(),
          Fault.of("ReadersShareOneBuffer", "READ-5", "different", ReadFaults::oneBuffer).apart(),
          Fault.of("EachTwentiethReadIsWrong", "READ-3", "digest", ReadFaults::flipping),
          Fault.of("ExecutablesAreCut", "READ-3", "digest", ReadFaults::executablesCut),
          Fault.of("OpensAreEio", "OPN-1", "EIO", tree -> wrongNumber(tree, Failure.EIO)),
          Fault.of(
              "OpensAreEnosys", "READ-3", "digest", tree -> wrongNumber(tree, Failure.ENOSYS)));

  private ReadFaults() {}

  /// Reads as the right one does.
  @FunctionalInterface
  private interface Right {
    byte[] read(long offsetBytes, int sizeBytes) throws Failure;
  }

  /// Reads in another way.
  @FunctionalInterface
  private interface Wrong {
    byte[] read(Right right, long offsetBytes, int sizeBytes) throws Failure;
  }

  private static Fault fault(String name, String rule, String message, Wrong wrong) {
    return Fault.of(
        name,
        rule,
        message,
        tree ->
            new PlainDirectory(tree) {
              @Override
              byte[] read(String path, long handle, long offsetBytes, int sizeBytes)
                  throws Failure {
                Right right = (offset, size) -> super.read(path, handle, offset, size);
                return wrong.read(right, offsetBytes, sizeBytes);
              }
            });
  }

  private static byte[] cut(byte[] data, int length) {
    return Arrays.copyOf(data, Math.max(0, Math.min(length, data.length)));
  }

  private static byte[] wrongAt(byte[] data, long offsetBytes, long edgeBytes) {
    for (int i = 0; i < data.length; i++) {
      if ((offsetBytes + i) % edgeBytes == edgeBytes - 1) {
        data[i] ^= 1;
      }
    }
    return data;
  }

  private static byte[] zeroTail(byte[] data, int sizeBytes) {
    if (data.length < sizeBytes) {
      Arrays.fill(data, data.length / 4096 * 4096, data.length, (byte) 0);
    }
    return data;
  }

  private static byte[] failingBehind(Right right, long limit, long offset, int size)
      throws Failure {
    if (offset + size > limit) {
      throw new Failure(Failure.EIO);
    }
    return right.read(offset, size);
  }

  private static byte[] firstPage(byte[] data) {
    for (int i = 4096; i < Math.min(8192, data.length); i++) {
      data[i] = data[i - 4096];
    }
    return data;
  }

  /// All readers seek and read in two steps.
  private static PlainDirectory seeking(String tree) {
    return new PlainDirectory(tree) {
      private volatile long position;

      @Override
      byte[] read(String path, long handle, long offsetBytes, int sizeBytes) throws Failure {
        position = offsetBytes;
        LockSupport.parkNanos(200_000);
        return super.read(path, handle, position, sizeBytes);
      }
    };
  }

  /// All readers have one buffer.
  private static PlainDirectory oneBuffer(String tree) {
    return new PlainDirectory(tree) {
      private volatile byte[] buffer = {};

      @Override
      byte[] read(String path, long handle, long offsetBytes, int sizeBytes) throws Failure {
        byte[] right = super.read(path, handle, offsetBytes, sizeBytes);
        buffer = right;
        LockSupport.parkNanos(200_000);
        return Arrays.copyOf(buffer, right.length);
      }
    };
  }

  private static PlainDirectory flipping(String tree) {
    return new PlainDirectory(tree) {
      private final AtomicInteger reads = new AtomicInteger();

      @Override
      byte[] read(String path, long handle, long offsetBytes, int sizeBytes) throws Failure {
        byte[] data = super.read(path, handle, offsetBytes, sizeBytes);
        if (data.length > 0 && reads.incrementAndGet() % 20 == 0) {
          data[data.length / 2] ^= 4;
        }
        return data;
      }
    };
  }

  private static PlainDirectory wrongNumber(String tree, int errno) {
    return new PlainDirectory(tree) {
      @Override
      long open(String path, int flags) throws Failure {
        throw new Failure(errno);
      }
    };
  }

  private static PlainDirectory executablesCut(String tree) {
    return new PlainDirectory(tree) {
      @Override
      byte[] read(String path, long handle, long offsetBytes, int sizeBytes) throws Failure {
        byte[] data = super.read(path, handle, offsetBytes, sizeBytes);
        boolean last = data.length < sizeBytes && (getattr(path).mode() & 0111) != 0;
        return last ? cut(data, data.length - 1) : data;
      }
    };
  }
}
