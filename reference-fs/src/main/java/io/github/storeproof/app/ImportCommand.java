package io.github.storeproof.app;

import io.github.storeproof.model.PathInfo;
import io.github.storeproof.posix.RawPath;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.importer.ImportException;
import io.github.storeproof.store.nar.Nars;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `castore import`: puts trees on disk, or in archives, into a store.
@Command(
    name = "import",
    description = "Imports trees, and prints the store path of each once it is durable.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ImportCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = {
        "A directory, a file or a symlink. Its last name becomes the store path's.",
        "With --nar, an archive, whose .nar the name loses."
      })
  private List<RawPath> paths = List.of();

  @Option(
      names = "--nar",
      description = {
        "Each PATH is an archive in Nix's format, or a pipe that it comes from.",
        "One that is refused is named with the byte that is wrong; those after it are read."
      })
  private boolean archives;

  @Option(
      names = "--nar-out",
      paramLabel = "DIR",
      description = {
        "Writes what the store then has of each archive of --nar as an archive",
        "of the same name in DIR."
      })
  private @Nullable String narDirectory;

  @Mixin private StoreOptions storeOptions = new StoreOptions();

  // Set by picocli before anything is called.
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (narDirectory != null && !archives) {
      throw new ParameterException(spec.commandLine(), "--nar-out belongs to --nar");
    }
    try (OpenStores open = storeOptions.open()) {
      return archives ? importArchives(open) : importTrees(open);
    }
  }

  private int importTrees(OpenStores open) throws Exception {
    for (RawPath path : paths) {
      print(open.importer().add(WorkingDirectory.absolute(path)));
    }
    return 0;
  }

  private int importArchives(OpenStores open) throws StoreException, IOException {
    int exit = 0;
    for (RawPath path : paths) {
      try {
        PathInfo pathInfo = open.importer().addArchive(path);
        if (narDirectory != null) {
          writeArchive(open, pathInfo, StoreAddress.pathOf(narDirectory).resolve(lastName(path)));
        }
        print(pathInfo);
      } catch (ImportException refused) {
        Refusals.print(spec.commandLine(), refused);
        exit = Main.REFUSED;
      }
    }
    return exit;
  }

  /// The name of an archive that was imported, so that it is ASCII.
  private static String lastName(RawPath path) {
    return new String(path.basename(), StandardCharsets.US_ASCII);
  }

  private static void writeArchive(OpenStores open, PathInfo pathInfo, Path file)
      throws StoreException, IOException {
    Path draft = file.resolveSibling("." + file.getFileName() + ".draft");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft), 1 << 16)) {
        new Nars(open.stores().blobs(), open.stores().directories())
            .write(pathInfo.node(), out, () -> false);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private void print(PathInfo pathInfo) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(pathInfo.path().absolutePath());
    out.flush();
  }
}
