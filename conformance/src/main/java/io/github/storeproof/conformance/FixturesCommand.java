package io.github.storeproof.conformance;

import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.fixtures.Manifest;
import io.github.storeproof.fixtures.TreeArchive;
import io.github.storeproof.fixtures.posix.NativePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `storeproof fixtures`: trees for tests, by name and seed.
@Command(
    name = "fixtures",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = GenerateCommand.class,
    description = "Trees for tests: lists and writes them, describes a directory.")
final class FixturesCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    CommandSpec here = java.util.Objects.requireNonNull(spec);
    throw new ParameterException(here.commandLine(), "want list, generate, manifest or path");
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Names the fixtures that there are.")
  int list() {
    Console console = Console.of(spec);
    FixtureCatalog.entries()
        .forEach(entry -> console.out().printf("%-20s %s%n", entry.name(), entry.summary()));
    console.out().flush();
    return 0;
  }

  @Command(
      name = "manifest",
      mixinStandardHelpOptions = true,
      description = "Prints the manifest of a directory of store paths.")
  int manifest(
      @Parameters(paramLabel = "DIR", description = "A trusted copy on disk.") Path directory) {
    Console console = Console.of(spec);
    try {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      Manifest.write(Manifest.ofDirectory(NativePath.bytes(directory), "directory"), text);
      console.out().print(text.toString(StandardCharsets.UTF_8));
      console.out().flush();
      return 0;
    } catch (IOException | RuntimeException e) {
      return console.cannot("cannot describe " + directory + ": " + e.getMessage());
    }
  }

  @Command(
      name = "path",
      mixinStandardHelpOptions = true,
      description = "Prints the store path of a tree, as nix-store --add does.")
  int path(@Parameters(paramLabel = "TREE", description = "A file or directory.") Path tree) {
    Console console = Console.of(spec);
    try {
      Path whole = tree.toAbsolutePath().normalize();
      String name = String.valueOf(whole.getFileName());
      TreeArchive archive = TreeArchive.of(Manifest.treeAt(NativePath.bytes(whole)));
      console.out().println("/nix/store/" + archive.storePath(name).basename());
      console.out().flush();
      return 0;
    } catch (IOException | RuntimeException e) {
      return console.cannot("no store path for " + tree + ": " + e.getMessage());
    }
  }
}
