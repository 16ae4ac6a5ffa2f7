package io.github.storeproof.transport.fusedev;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A [TinyTreeServer] in a process of its own, on a mount point of its own. Closing it leaves
/// neither behind.
final class ServerProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");

  final Path mountPoint;
  final Process process;

  /// What it printed first: `mounted`, or why it is not.
  final String said;

  private ServerProcess(Path mountPoint, Process process, String said) {
    this.mountPoint = mountPoint;
    this.process = process;
    this.said = said;
  }

  static ServerProcess start(int wideCount, String... more) throws Exception {
    String classPath = classes(Mount.class) + ":" + classes(TinyTreeServer.class);
    return start(List.of(), classPath, wideCount, more);
  }

  /// Runs the server as user nobody, with a mount table of its own: in it everyone may open
  /// /dev/fuse, as udev has it on common systems, and read the classes.
  static ServerProcess startAsNobody(int wideCount) throws Exception {
    String prepare =
        "mount -t tmpfs tmpfs /mnt && mknod -m 666 /mnt/fuse c 10 229"
            + " && mount --bind /mnt/fuse /dev/fuse"
            + " && cp -r "
            + classes(Mount.class)
            + " /mnt/main && cp -r "
            + classes(TinyTreeServer.class)
            + " /mnt/test && chmod -R a+rX /mnt && cd / && exec \"$@\"";
    List<String> wrapper =
        new ArrayList<>(
            List.of("unshare", "-m", "--propagation", "private", "sh", "-c", prepare, "sh"));
    wrapper.addAll(AS_NOBODY);
    return start(wrapper, "/mnt/main:/mnt/test", wideCount);
  }

  private static ServerProcess start(
      List<String> wrapper, String classPath, int wideCount, String... more) throws Exception {
    Path mountPoint = Files.createTempDirectory("fuse-it-");
    if (!wrapper.isEmpty()) {
      run("chown", "65534:65534", mountPoint.toString());
    }
    // A test run in the background of a script inherits ignored signals.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=HUP,INT,TERM"));
    command.addAll(wrapper);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            TinyTreeServer.class.getName(),
            mountPoint.toString(),
            Integer.toString(wideCount)));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = output.readLine();
    return new ServerProcess(mountPoint, process, line == null ? "" : line);
  }

  Path path(String name) {
    return mountPoint.resolve(name);
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the server still runs after " + PATIENCE_SECONDS + " s");
    }
    return process.exitValue();
  }

  boolean isMounted() throws IOException {
    return Files.readString(Path.of("/proc/self/mountinfo")).contains(" " + mountPoint + " ");
  }

  /// Runs a command as user nobody, seeing the server's mounts, and gives its exit code.
  int runBeside(String... command) throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(List.of("nsenter", "-t", Long.toString(process.pid()), "-m"));
    all.addAll(AS_NOBODY);
    all.addAll(List.of(command));
    return run(all.toArray(new String[0]));
  }

  /// Runs a command and gives its exit code.
  static int run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", command) + " does not end");
    }
    return process.exitValue();
  }

  /// The death of the server frees everyone who waits for it.
  @Override
  public void close() throws IOException {
    try {
      process.destroyForcibly().waitFor();
      if (isMounted()) {
        run("umount", "-l", mountPoint.toString());
      }
      Files.deleteIfExists(mountPoint);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while cleaning up " + mountPoint, e);
    }
  }

  private static String classes(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }
}
