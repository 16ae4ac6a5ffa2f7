package io.github.storeproof.posix;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A path as its bytes, in no encoding. *Immutable.*
public final class RawPath {
  private final byte[] bytes;

  private RawPath(byte[] bytes) {
    this.bytes = bytes;
  }

  /// The path with these bytes, which are copied.
  public static RawPath of(byte[] bytes) {
    return new RawPath(bytes.clone());
  }

  /// A copy of the bytes.
  public byte[] toBytes() {
    return bytes.clone();
  }

  public boolean isAbsolute() {
    return bytes.length > 0 && bytes[0] == '/';
  }

  /// The path of `name` in this directory.
  public RawPath child(byte[] name) {
    ByteArrayOutputStream path = new ByteArrayOutputStream(bytes.length + 1 + name.length);
    path.writeBytes(bytes);
    if (bytes.length > 0 && bytes[bytes.length - 1] != '/') {
      path.write('/');
    }
    path.writeBytes(name);
    return new RawPath(path.toByteArray());
  }

  /// The path from the root on, without `.`, `..` and empty names, seen from `workingDirectory`. By
  /// the text alone: no link is followed.
  public RawPath normalized(RawPath workingDirectory) {
    RawPath whole = isAbsolute() ? this : workingDirectory.child(bytes);
    List<byte[]> names = new ArrayList<>();
    for (byte[] name : whole.names()) {
      if (!isDotDot(name)) {
        names.add(name);
      } else if (!names.isEmpty()) {
        names.removeLast();
      }
    }
    RawPath path = new RawPath(new byte[] {'/'});
    for (byte[] name : names) {
      path = path.child(name);
    }
    return path;
  }

  /// The last name: of no bytes when the path has none.
  public byte[] basename() {
    List<byte[]> names = names();
    return names.isEmpty() ? new byte[0] : names.getLast();
  }

  private List<byte[]> names() {
    List<byte[]> names = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '/') {
        byte[] name = Arrays.copyOfRange(bytes, start, i);
        if (name.length > 0 && !isDot(name)) {
          names.add(name);
        }
        start = i + 1;
      }
    }
    return names;
  }

  private static boolean isDot(byte[] name) {
    return name.length == 1 && name[0] == '.';
  }

  private static boolean isDotDot(byte[] name) {
    return name.length == 2 && name[0] == '.' && name[1] == '.';
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RawPath path && Arrays.equals(bytes, path.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// Printable ASCII as it is, a backslash doubled, any other byte as `\xNN`.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      if (b == '\\') {
        text.append("\\\\");
      } else if (b >= ' ' && b <= '~') {
        text.append((char) b);
      } else {
        text.append("\\x").append(HexFormat.of().toHexDigits(b));
      }
    }
    return text.toString();
  }
}
