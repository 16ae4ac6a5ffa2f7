package io.github.storeproof.conformance;

import io.github.storeproof.fixtures.CatalogEntry;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.fixtures.FixtureInstaller;
import io.github.storeproof.fixtures.Manifest;
import io.github.storeproof.fixtures.TreeArchive;
import io.github.storeproof.fixtures.posix.NativePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `storeproof fixtures`: trees for tests, by name and seed.
@Command(
    name = "fixtures",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
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
      name = "generate",
      mixinStandardHelpOptions = true,
      description = "Writes a fixture and its manifest: DIR/tree and DIR/manifest.txt.")
  int generate(
      @Parameters(paramLabel = "NAME", description = "A name of fixtures list.") String name,
      @Option(
              names = "--seed",
              paramLabel = "N",
              defaultValue = "1",
              description = "Where random content comes from.")
          long seed,
      @Option(
              names = "--out",
              paramLabel = "DIR",
              required = true,
              description = "A new or empty directory.")
          Path out) {
    Console console = Console.of(spec);
    Optional<CatalogEntry> entry =
        FixtureCatalog.entries().stream().filter(one -> one.name().equals(name)).findFirst();
    if (entry.isEmpty()) {
      return console.cannot("no fixture is called '" + name + "'; see storeproof fixtures list");
    }
    try {
      Fixture fixture = entry.get().fixture(seed);
      Path tree = Files.createDirectories(out).resolve("tree");
      FixtureInstaller.install(fixture, tree);
      try (OutputStream manifest = Files.newOutputStream(out.resolve("manifest.txt"))) {
        Manifest.write(fixture, manifest);
      }
      console
          .out()
          .println(
              fixture.roots().size()
                  + " store paths in "
                  + tree
                  + ", manifest "
                  + out.resolve("manifest.txt"));
      console.out().flush();
      return 0;
    } catch (IOException e) {
      return console.cannot("cannot write to " + out + ": " + e);
    }
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
