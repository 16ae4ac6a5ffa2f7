package io.github.storeproof.conformance.cases.fs;

/// One step of a random listing script. The streams are 0 and 1, each opened by itself, and 2, a
/// duplicate of 0. *Immutable.*
sealed interface StreamStep {
  /// How many streams there are.
  int STREAMS = 3;

  /// The stream that it works on.
  int stream();

  /// getdents64.
  record Read(int stream, int bufferBytes) implements StreamStep {}

  /// lseek to `d_off` of an entry of the first listing; the number is taken modulo the entries that
  /// there must be.
  record Seek(int stream, int entry) implements StreamStep {}

  /// lseek to 0.
  record Rewind(int stream) implements StreamStep {}

  /// lseek by 0 from here.
  record Tell(int stream) implements StreamStep {}

  /// Whether another stream has the same position.
  static int position(int stream) {
    return stream == 2 ? 0 : stream;
  }
}
