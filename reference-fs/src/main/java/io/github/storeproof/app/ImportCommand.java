package io.github.storeproof.app;

import io.github.storeproof.model.PathInfo;
import io.github.storeproof.posix.RawPath;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `castore import`: puts trees on disk into a store.
@Command(
    name = "import",
    description = "Imports trees, and prints the store path of each once it is durable.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ImportCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "A directory, a file or a symlink. Its last name becomes the store path's.")
  private List<RawPath> paths = List.of();

  @Mixin private StoreOptions storeOptions = new StoreOptions();

  // Set by picocli before anything is called.
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (OpenStores open = storeOptions.open()) {
      for (RawPath path : paths) {
        PathInfo pathInfo = open.importer().add(WorkingDirectory.absolute(path));
        out.println(pathInfo.path().absolutePath());
        out.flush();
      }
    }
    return 0;
  }
}
