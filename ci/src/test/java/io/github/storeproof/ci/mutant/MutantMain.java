package io.github.storeproof.ci.mutant;

import io.github.storeproof.app.ReferenceMount;
import io.github.storeproof.transport.fusedev.MountOptions;
import java.nio.charset.StandardCharsets;

/// Mounts one mutant: `MutantMain NAME MOUNT_POINT TREE`.
final class MutantMain {
  private MutantMain() {}

  /// Mounts it and ends when it is unmounted.
  public static void main(String[] args) throws Exception {
    Mutant mutant = Mutants.named(args[0]);
    if (!(mutant.target()
        instanceof Mutant.Wrapped(var wrapping, boolean listed, int threads, _))) {
      throw new IllegalArgumentException(args[0] + " is no mutant of the reference");
    }
    MountOptions options =
        MountOptions.at(args[1].getBytes(StandardCharsets.UTF_8)).withThreadCount(threads);
    ReferenceMount.serve(options, args[2].getBytes(StandardCharsets.UTF_8), listed, wrapping);
  }
}
