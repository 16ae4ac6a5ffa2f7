package io.github.storeproof.ci.mutant;

import io.github.storeproof.app.ReferenceMount;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.transport.fusedev.Mount;
import io.github.storeproof.transport.fusedev.MountOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/// Mounts one mutant: `MutantMain NAME MOUNT_POINT TREE`.
final class MutantMain {
  private MutantMain() {}

  /// Mounts it and ends when it is unmounted.
  public static void main(String[] args) throws Exception {
    Mutant mutant = Mutants.named(args[0]);
    MountOptions options = MountOptions.at(args[1].getBytes(StandardCharsets.UTF_8));
    byte[] tree = args[2].getBytes(StandardCharsets.UTF_8);
    switch (mutant.target()) {
      case Mutant.Wrapped(var wrapping, boolean listed, int threads, _) ->
          ReferenceMount.serve(options.withThreadCount(threads), tree, listed, wrapping);
      case Mutant.Shell _ -> ReferenceMount.serve(options, tree, true, UnaryOperator.identity());
      case Mutant.Own(var operations, _) -> serve(options, operations.apply(Path.of(args[2])));
      case Mutant.Command _, Mutant.Faulty _ ->
          throw new IllegalArgumentException(args[0] + " is mounted by a command of its own");
      case Mutant.Stored _, Mutant.Store _, Mutant.Archives _ ->
          throw new IllegalArgumentException(args[0] + " is served by the JVM of the tests");
    }
  }

  private static void serve(MountOptions options, FuseOperations operations) throws Exception {
    try (Mount mount = Mount.mount(options, operations)) {
      mount.unmountOnSignals();
      mount.awaitUnmounted();
    }
  }
}
