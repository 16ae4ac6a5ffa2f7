package io.github.storeproof.conformance.prober;

import java.util.List;
import java.util.Optional;

/// One argument of a system call, as data. Immutable; equal by content.
public sealed interface Arg extends Operand {
  /// The largest buffer that one argument may ask for.
  int MAX_BUFFER_BYTES = 64 << 20;

  /// A number; `symbol` is how C writes it (`AT_FDCWD`), or empty.
  record Num(long value, String symbol) implements Arg {}

  /// Flags of open(2), in the numbers of x86-64; the child translates them for its machine.
  record OpenFlags(int flags) implements Arg {}

  /// A pointer to these bytes and a NUL: a name below a directory descriptor, or any path, passed as it is.
  record CString(Bytes value) implements Arg {
    /// Refuses bytes with a NUL inside.
    public CString {
      refuseNul(value);
    }
  }

  /// A pointer to the absolute path of something below the target's root; empty: the root itself.
  record RootPath(Bytes relative) implements Arg {
    /// Refuses bytes with a NUL inside.
    public RootPath {
      refuseNul(relative);
    }
  }

  /// A descriptor (`O_PATH|O_DIRECTORY`) of the target's root, which the child keeps open.
  record RootDir() implements Arg {}

  /// The result of an earlier call.
  record Result(Ref ref) implements Arg {}

  /// The 32-bit number at an offset in an output of an earlier call (one end of a pipe); -1 when it is not there.
  record OutInt(Ref ref, int outIndex, int offsetBytes) implements Arg {}

  /// A pointer to a copy of an output of an earlier call (a file handle).
  record OutBytes(Ref ref, int outIndex) implements Arg {}

  /// `d_off` of an entry, from 0, of an earlier getdents64 or listing; -1 when there is no such entry.
  record DirentOffset(Ref ref, int entryIndex) implements Arg {}

  /// A pointer to a buffer that the call fills; when `resultIsLength`, the observation keeps only as many bytes as the result says.
  record Out(int sizeBytes, boolean resultIsLength) implements Arg {
    /// Refuses sizes outside 0..[#MAX_BUFFER_BYTES].
    public Out {
      checkSize(sizeBytes);
    }
  }

  /// A pointer to an array of iovec over buffers of these sizes, which the call fills in their order.
  record OutVector(List<Integer> sizesBytes) implements Arg {
    /// Copies the sizes.
    public OutVector {
      sizesBytes = List.copyOf(sizesBytes);
      sizesBytes.forEach(Arg::checkSize);
    }
  }

  /// A pointer to bytes that the call reads.
  record In(Bytes value) implements Arg {}

  /// A pointer to bytes that the call reads and changes; the observation keeps them as they are afterwards.
  record InOut(Bytes initial) implements Arg {}

  /// An earlier call: `levelsUp` 0 is the same script, 1 the script around it, and so on.
  record Ref(int callIndex, int levelsUp) {
    /// Refuses negative numbers.
    public Ref {
      if (callIndex < 0 || levelsUp < 0) {
        throw new IllegalArgumentException(
            "reference to call " + callIndex + ", " + levelsUp + " levels up");
      }
    }
  }

  /// Returns the earlier call that this argument depends on.
  default Optional<Ref> reference() {
    return switch (this) {
      case Result(Ref ref) -> Optional.of(ref);
      case OutInt(Ref ref, _, _) -> Optional.of(ref);
      case OutBytes(Ref ref, _) -> Optional.of(ref);
      case DirentOffset(Ref ref, _) -> Optional.of(ref);
      case Num _, OpenFlags _, CString _, RootPath _, RootDir _ -> Optional.empty();
      case Out _, OutVector _, In _, InOut _ -> Optional.empty();
    };
  }

  /// Returns the same argument with another reference; only for arguments that have one.
  default Arg withReference(Ref ref) {
    return switch (this) {
      case Result _ -> new Result(ref);
      case OutInt(_, int out, int offset) -> new OutInt(ref, out, offset);
      case OutBytes(_, int out) -> new OutBytes(ref, out);
      case DirentOffset(_, int entry) -> new DirentOffset(ref, entry);
      case Num _,
          OpenFlags _,
          CString _,
          RootPath _,
          RootDir _,
          Out _,
          OutVector _,
          In _,
          InOut _ ->
          throw new IllegalArgumentException(this + " refers to no call");
    };
  }

  /// Returns a number.
  static Arg num(long value) {
    return new Num(value, "");
  }

  /// Returns a number that C writes by a name.
  static Arg num(long value, String symbol) {
    return new Num(value, symbol);
  }

  /// Returns the path of something below the target's root.
  static Arg path(String relative) {
    return new RootPath(Bytes.of(relative));
  }

  /// Returns the path of something below the target's root.
  static Arg path(byte[] relative) {
    return new RootPath(Bytes.of(relative));
  }

  /// Returns a path that is passed as it is: below a directory descriptor, below the working directory, or absolute.
  static Arg raw(String path) {
    return new CString(Bytes.of(path));
  }

  /// Returns a path that is passed as it is: below a directory descriptor, below the working directory, or absolute.
  static Arg raw(byte[] path) {
    return new CString(Bytes.of(path));
  }

  /// Returns a descriptor of the target's root.
  static Arg rootDir() {
    return new RootDir();
  }

  /// Returns `AT_FDCWD`.
  static Arg cwd() {
    return new Num(Linux.AT_FDCWD, "AT_FDCWD");
  }

  /// Returns a null pointer.
  static Arg nullPointer() {
    return new Num(0, "NULL");
  }

  private static void refuseNul(Bytes value) {
    if (value.hasNul()) {
      throw new IllegalArgumentException("a C string has no NUL inside: \"" + value + '"');
    }
  }

  private static void checkSize(int sizeBytes) {
    if (sizeBytes < 0 || sizeBytes > MAX_BUFFER_BYTES) {
      throw new IllegalArgumentException(
          "buffer of " + sizeBytes + " bytes, want 0.." + MAX_BUFFER_BYTES);
    }
  }
}
