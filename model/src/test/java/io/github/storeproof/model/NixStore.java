package io.github.storeproof.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Nix's own `nix-store`, without its daemon, on a store of its own in a temporary directory.
///
/// A machine without it cannot run these tests: that is an error.
final class NixStore implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Path directory;

  NixStore() throws IOException {
    directory = Files.createTempDirectory("storeproof-nix-");
  }

  /// A path in the temporary directory, beside the store.
  Path resolve(String name) {
    return directory.resolve(name);
  }

  /// The archive of what is at `path`.
  byte[] dump(Path path) throws IOException {
    return run(null, "--dump", path.toString());
  }

  /// Makes at `path` what the archive says.
  void restore(byte[] nar, Path path) throws IOException {
    run(nar, "--restore", path.toString());
  }

  /// Whether nothing can be made at `path` of the archive. Something may be there afterwards.
  boolean refuses(byte[] nar, Path path) throws IOException {
    return status(nar, command("--restore", path.toString())) != 0;
  }

  /// Adds what is at `path` to the store.
  StorePath add(Path path) throws IOException {
    String store = directory.resolve("root").toString();
    byte[] printed =
        run(null, "--store", store, "--option", "build-users-group", "", "--add", path.toString());
    return StorePath.parseAbsolute(new String(printed, StandardCharsets.UTF_8).strip());
  }

  private byte[] run(byte @Nullable [] input, String... arguments) throws IOException {
    List<String> command = command(arguments);
    int status = status(input, command);
    if (status != 0) {
      throw new AssertionError(
          command + " exits " + status + ": " + Files.readString(directory.resolve("stderr")));
    }
    return Files.readAllBytes(directory.resolve("stdout"));
  }

  private static List<String> command(String... arguments) {
    return Stream.concat(Stream.of("nix-store"), Stream.of(arguments)).toList();
  }

  private int status(byte @Nullable [] input, List<String> command) throws IOException {
    Path in = directory.resolve("stdin");
    Path out = directory.resolve("stdout");
    Path err = directory.resolve("stderr");
    Files.write(in, input == null ? new byte[0] : input);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("NIX_"));
    builder.environment().put("HOME", directory.resolve("home").toString());
    builder.environment().put("NIX_CONF_DIR", directory.resolve("conf").toString());
    return waitFor(start(builder));
  }

  private static Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException absent) {
      throw new AssertionError(
          "nix-store does not start, want Debian's nix-bin, which ci/install installs", absent);
    }
  }

  private static int waitFor(Process process) {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("nix-store does not end within " + PATIENCE_SECONDS + " s");
      }
      return process.exitValue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while nix-store runs", interrupted);
    } finally {
      process.destroyForcibly();
    }
  }

  @Override
  public void close() {
    try {
      Files.walkFileTree(directory, new Removal());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Removes a tree, whose directories may be read-only.
  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
        throws IOException {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
      Files.delete(path);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path path, @Nullable IOException failure)
        throws IOException {
      Files.delete(path);
      return FileVisitResult.CONTINUE;
    }
  }
}
