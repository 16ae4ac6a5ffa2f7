package io.github.storeproof.store.object;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Content as zstd frames. What comes out of a frame has a bound, whatever the frame says of itself.
public final class Frames {
  private static final int LEVEL = 3;

  private Frames() {}

  /// One frame.
  public static byte[] compress(byte[] bytes) {
    return Zstd.compress(bytes, LEVEL);
  }

  /// The most bytes that a frame of so many has.
  public static int mostBytes(int sizeBytes) {
    return Math.toIntExact(Zstd.compressBound(sizeBytes));
  }

  /// All that is in a frame.
  ///
  /// @param what it is, for messages
  /// @param mostBytes how many it may be
  /// @throws StoreException [StoreFailure#CORRUPT] when it is no frame or has more
  public static byte[] decompress(byte[] frame, String what, int mostBytes) throws StoreException {
    try (InputStream bytes = open(frame)) {
      byte[] content = bytes.readNBytes(mostBytes);
      if (content.length == mostBytes && bytes.read() >= 0) {
        throw corrupt(what + " has more than " + mostBytes + " bytes, want no more");
      }
      return content;
    } catch (IOException e) {
      throw new StoreException(StoreFailure.CORRUPT, what + " is no zstd frame: " + e.getMessage());
    }
  }

  private static InputStream open(byte[] frame) throws IOException {
    return new ZstdInputStream(new ByteArrayInputStream(frame));
  }

  /// One frame of records, as [Records] reads them.
  public static byte[] ofRecords(Iterable<byte[]> records) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    try (DataOutputStream bytes = new DataOutputStream(new ZstdOutputStream(frame, LEVEL))) {
      for (byte[] record : records) {
        bytes.writeInt(record.length);
        bytes.write(record);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes all", e);
    }
    return frame.toByteArray();
  }

  /// The records in a frame: a length of 4 bytes, big-endian, and so many bytes, again and again.
  /// *Confined.*
  public static final class Records implements AutoCloseable {
    private final String what;
    private final int mostBytes;
    private final DataInputStream bytes;

    /// @param what they are of, for messages
    /// @param mostBytes of each
    public Records(byte[] frame, String what, int mostBytes) throws StoreException {
      this.what = what;
      this.mostBytes = mostBytes;
      try {
        this.bytes = new DataInputStream(open(frame));
      } catch (IOException e) {
        throw failed(e);
      }
    }

    /// The next one; empty after the last.
    public Optional<byte[]> next() throws StoreException {
      try {
        byte[] length = bytes.readNBytes(Integer.BYTES);
        if (length.length == 0) {
          return Optional.empty();
        }
        if (length.length < Integer.BYTES) {
          throw new EOFException("a length has " + length.length + " bytes, want 4");
        }
        int sizeBytes = ByteBuffer.wrap(length).getInt();
        if (sizeBytes < 0 || sizeBytes > mostBytes) {
          throw corrupt(
              "a directory of %s has %s bytes, want at most %d"
                  .formatted(what, Integer.toUnsignedString(sizeBytes), mostBytes));
        }
        byte[] record = bytes.readNBytes(sizeBytes);
        if (record.length < sizeBytes) {
          throw new EOFException(
              "a directory ends after " + record.length + " bytes, want " + sizeBytes);
        }
        return Optional.of(record);
      } catch (IOException e) {
        throw failed(e);
      }
    }

    private StoreException failed(IOException e) {
      return new StoreException(StoreFailure.CORRUPT, what + " is not whole: " + e.getMessage(), e);
    }

    @Override
    public void close() {
      try {
        bytes.close();
      } catch (IOException _) {
        // Nothing was written.
      }
    }
  }

  private static StoreException corrupt(String message) {
    return new StoreException(StoreFailure.CORRUPT, message);
  }
}
