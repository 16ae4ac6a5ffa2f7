package io.github.storeproof.conformance.prober.child;

/// The working directory that the child starts in and goes back to. It is `/`, so that it pins no mount.
final class WorkingDirectory {
  private WorkingDirectory() {}

  static long restore(Kernel kernel) {
    try (Memory memory = new Memory()) {
      return kernel.call("chdir", memory.cString(new byte[] {'/'}).address());
    }
  }
}
