package io.github.storeproof.conformance.target;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The directory in which a run keeps its trees, images and mount points. A small process outside
/// of the kit, the sweeper, waits for the kit's end and then removes mounts, processes and files,
/// also after `kill -9` of the kit. *Thread-safe.*
public final class Workspace implements AutoCloseable {
  /// Names the work directory in the environment of everything a target starts; the sweeper finds
  /// processes by it.
  static final String MARK = "STOREPROOF_WORK";

  private static final int SWEEP_SECONDS = 60;

  private final Path root;
  private final boolean keep;
  private final Process sweeper;
  private final Thread hook;
  private final AtomicInteger counter = new AtomicInteger();
  private boolean ending;

  private Workspace(Path root, boolean keep, Process sweeper) {
    this.root = root;
    this.keep = keep;
    this.sweeper = sweeper;
    this.hook = new Thread(this::sweep, "storeproof-sweep");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// A new directory in the directory for temporary files.
  ///
  /// @param keep leave the files (never the mounts) when it is closed
  public static Workspace create(boolean keep) throws TargetException {
    try {
      Path root = Files.createTempDirectory(ScratchSpace.choose(), "storeproof-").toRealPath();
      try {
        // Rules on other users look through it; only its owner may list it.
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
        Process sweeper =
            new ProcessBuilder(
                    "setsid",
                    "sh",
                    "-c",
                    sweeperScript(),
                    "storeproof-sweeper",
                    root.toString(),
                    keep ? "keep" : "remove")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new Workspace(root, keep, sweeper);
      } catch (IOException e) {
        Files.delete(root);
        throw e;
      }
    } catch (IOException e) {
      throw new TargetException("cannot make a work directory: " + e.getMessage(), e);
    }
  }

  private static String sweeperScript() throws IOException {
    try (InputStream script = Workspace.class.getResourceAsStream("sweeper.sh")) {
      if (script == null) {
        throw new IllegalStateException("sweeper.sh is not beside " + Workspace.class.getName());
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// The directory itself, absolute and without symbolic links.
  public Path root() {
    return root;
  }

  /// Whether the files stay.
  public boolean keeps() {
    return keep;
  }

  /// A new empty directory in it.
  public Path directory(String name) throws TargetException {
    Path directory = root.resolve(name + "-" + counter.incrementAndGet());
    try {
      return Files.createDirectory(directory);
    } catch (IOException e) {
      throw new TargetException("cannot make " + directory + ": " + e.getMessage(), e);
    }
  }

  /// Starts a process that carries the mark of this directory.
  ///
  /// @throws TargetException when the run is ending: what starts now would be missed by the sweeper
  synchronized Process start(ProcessBuilder command) throws TargetException {
    if (ending) {
      throw new TargetException("the run is ending");
    }
    command.environment().put(MARK, root.toString());
    try {
      return command.start();
    } catch (IOException e) {
      throw new TargetException("cannot start a process: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    sweep();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook itself is what closes it then.
    }
  }

  private void sweep() {
    synchronized (this) {
      ending = true;
    }
    try {
      sweeper.getOutputStream().close();
      sweeper.waitFor(SWEEP_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      System.getLogger(Workspace.class.getName())
          .log(System.Logger.Level.WARNING, "the sweeper has gone", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
