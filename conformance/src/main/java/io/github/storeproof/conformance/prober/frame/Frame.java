package io.github.storeproof.conformance.prober.frame;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/// One message between a prober and its child.
///
/// | offset | size | field |
/// |---|---|---|
/// | 0 | 1 | version, [#VERSION] |
/// | 1 | 1 | kind |
/// | 2 | 4 | length of the payload, big-endian, at most [#MAX_BYTES] |
/// | 6 | | payload |
///
/// Immutable as long as nobody changes the payload.
public final class Frame {
  /// The version that both sides speak.
  public static final int VERSION = 1;

  /// The largest payload.
  public static final int MAX_BYTES = 256 << 20;

  private final Kind kind;
  private final byte[] payload;

  /// A frame that owns its payload.
  public Frame(Kind kind, byte[] payload) {
    this.kind = kind;
    this.payload = payload;
  }

  /// Returns what the payload is.
  public Kind kind() {
    return kind;
  }

  /// Returns the payload itself.
  public byte[] payload() {
    return payload;
  }

  /// What a payload is.
  public enum Kind {
    /// Child to prober, first: its machine and process id.
    HELLO('H'),
    /// Prober to child, first: the raw bytes of the root directory's path.
    ROOT('D'),
    /// Prober to child: a script.
    SCRIPT('S'),
    /// Child to prober: what the script's calls did.
    OBSERVATIONS('O'),
    /// Child to prober: the script cannot be run; UTF-8 text says why.
    REFUSED('R');

    private final char code;

    Kind(char code) {
      this.code = code;
    }

    static Kind of(int code) throws IOException {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IOException("frame of kind " + code + ", want H, D, S, O or R");
    }
  }

  /// Writes the frame and flushes.
  public void writeTo(OutputStream stream) throws IOException {
    if (payload.length > MAX_BYTES) {
      throw new IOException("frame of " + payload.length + " bytes, want at most " + MAX_BYTES);
    }
    DataOutputStream out = new DataOutputStream(stream);
    out.writeByte(VERSION);
    out.writeByte(kind.code);
    out.writeInt(payload.length);
    out.write(payload);
    out.flush();
  }

  /// Reads the next frame; nothing at the end of the stream.
  ///
  /// @throws IOException if the bytes are no frame, or end in the middle of one
  public static Optional<Frame> readFrom(InputStream stream) throws IOException {
    int version = stream.read();
    if (version < 0) {
      return Optional.empty();
    }
    if (version != VERSION) {
      throw new IOException("frame of version " + version + ", want " + VERSION);
    }
    DataInputStream in = new DataInputStream(stream);
    Kind kind = Kind.of(in.readUnsignedByte());
    int length = in.readInt();
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException("frame of " + length + " bytes, want 0.." + MAX_BYTES);
    }
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new EOFException("frame ends after " + payload.length + " of " + length + " bytes");
    }
    return Optional.of(new Frame(kind, payload));
  }

  /// Returns the payload if the frame is of the wanted kind.
  public byte[] require(Kind wanted) throws IOException {
    if (kind != wanted) {
      throw new IOException("frame of kind " + kind + ", want " + wanted);
    }
    return payload;
  }
}
