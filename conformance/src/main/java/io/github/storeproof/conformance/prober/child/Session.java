package io.github.storeproof.conformance.prober.child;

import io.github.storeproof.conformance.prober.Bytes;
import java.util.concurrent.atomic.AtomicLong;

/// What all threads of a script share. Thread-safe.
final class Session {
  /// How many bytes of output one script may collect.
  static final long MAX_OUTPUT_BYTES = 96L << 20;

  private final byte[] root;
  private final Progress progress;
  private final AtomicLong outputBytes = new AtomicLong();

  Session(byte[] root, Progress progress) {
    this.root = root;
    this.progress = progress;
  }

  Progress progress() {
    return progress;
  }

  /// Returns the absolute path of something below the target's root.
  byte[] path(Bytes relative) {
    if (relative.length() == 0) {
      return root.clone();
    }
    byte[] name = relative.toArray();
    byte[] path = new byte[root.length + 1 + name.length];
    System.arraycopy(root, 0, path, 0, root.length);
    path[root.length] = '/';
    System.arraycopy(name, 0, path, root.length + 1, name.length);
    return path;
  }

  /// Counts output that a script keeps.
  Bytes keep(byte[] output) {
    charge(output.length);
    return Bytes.wrap(output);
  }

  void charge(long bytes) {
    if (outputBytes.addAndGet(bytes) > MAX_OUTPUT_BYTES) {
      throw new Refusal("outputs of the script exceed " + MAX_OUTPUT_BYTES + " bytes");
    }
  }

  void startScript() {
    outputBytes.set(0);
    progress.reset();
  }
}
