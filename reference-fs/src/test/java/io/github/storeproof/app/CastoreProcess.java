package io.github.storeproof.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A `castore mount` in a process of its own, on a directory of its own. Closing ends it and leaves
/// no mount behind.
final class CastoreProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final Path mountPoint;

  /// What it printed first: that it is mounted, or why not.
  final String said;

  private final Process process;

  private CastoreProcess(Process process, Path mountPoint, String said) {
    this.process = process;
    this.mountPoint = mountPoint;
    this.said = said;
  }

  /// Starts it and waits for its first line.
  ///
  /// @param script a shell command in which `"$@"` stands for `castore mount DIR`
  static CastoreProcess start(String script) throws IOException {
    Path mountPoint = Files.createTempDirectory("castore-mount");
    // A test run in the background of a script inherits ignored signals.
    List<String> command =
        new ArrayList<>(
            List.of("env", "--default-signal=HUP,INT,TERM", "sh", "-c", "exec " + script, "sh"));
    command.addAll(castore("mount", mountPoint.toString()));
    Process process = new ProcessBuilder(command).start();
    BufferedReader err =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    return new CastoreProcess(process, mountPoint, String.valueOf(err.readLine()));
  }

  /// The command line of the program with these arguments; its store is in memory unless they say
  /// otherwise.
  static List<String> castore(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "STORE_ADDR=memory:",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  void signal(String name) throws IOException {
    Shell.run("kill -" + name + " " + process.pid());
  }

  int exitStatus() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("castore is still there after " + PATIENCE);
    }
    return process.exitValue();
  }

  boolean isMounted() throws IOException {
    return Files.readString(Path.of("/proc/self/mountinfo")).contains(" " + mountPoint + " ");
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    process.onExit().completeOnTimeout(process, PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    process.destroyForcibly();
    if (isMounted()) {
      Shell.run("umount -l " + mountPoint + " || fusermount3 -u -z " + mountPoint);
    }
    Files.delete(mountPoint);
  }
}
