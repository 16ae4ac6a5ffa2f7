package io.github.storeproof.ci.mutant;

import io.github.storeproof.app.ReferenceMount;
import io.github.storeproof.transport.fusedev.MountOptions;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/// Mounts one mutant: `MutantMain NAME MOUNT_POINT TREE`.
final class MutantMain {
  private MutantMain() {}

  /// Mounts it and ends when it is unmounted.
  public static void main(String[] args) throws Exception {
    Mutant mutant = Mutants.named(args[0]);
    Mutant.Wrapped wrapped =
        switch (mutant.target()) {
          case Mutant.Wrapped itself -> itself;
          case Mutant.Shell _ -> new Mutant.Wrapped(UnaryOperator.identity(), true, 1);
          case Mutant.Command _ ->
              throw new IllegalArgumentException(args[0] + " is no mutant of the reference");
        };
    MountOptions options =
        MountOptions.at(args[1].getBytes(StandardCharsets.UTF_8))
            .withThreadCount(wrapped.threadCount());
    ReferenceMount.serve(
        options,
        args[2].getBytes(StandardCharsets.UTF_8),
        wrapped.isRootListed(),
        wrapped.wrapping());
  }
}
