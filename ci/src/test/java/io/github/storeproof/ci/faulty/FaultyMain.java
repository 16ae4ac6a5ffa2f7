package io.github.storeproof.ci.faulty;

import java.nio.file.Path;

/// Mounts a plain directory through libfuse 2: `FaultyMain FAULT MOUNT_POINT TREE`; `none` is no fault. It ends when it
/// is unmounted.
public final class FaultyMain {
  private FaultyMain() {}

  /// Serves.
  public static void main(String[] args) {
    Fault fault = Faults.named(args[0]);
    PlainDirectory directory = fault.filesystem().apply(args[2]);
    new LibFuseMount(directory).serve(Path.of(args[1]), fault.options());
    // Threads that hang are left behind.
    Runtime.getRuntime().halt(0);
  }
}
