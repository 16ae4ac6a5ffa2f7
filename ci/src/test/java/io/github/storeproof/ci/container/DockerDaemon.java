package io.github.storeproof.ci.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A docker daemon for tests: the one that runs on the machine, or one of our own without any network, whose images stay in
/// `target/docker`. No daemon at all is an error. *Confined.*
final class DockerDaemon implements AutoCloseable {
  private static final String USUAL = "unix:///var/run/docker.sock";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration END_LIMIT = Duration.ofSeconds(30);

  private final String address;
  private final @Nullable Process own;
  private final @Nullable Path directory;

  private DockerDaemon(String address, @Nullable Process own, @Nullable Path directory) {
    this.address = address;
    this.own = own;
    this.directory = directory;
  }

  /// The daemon of the machine, or a new one.
  static DockerDaemon any() throws IOException, InterruptedException {
    String usual = Objects.requireNonNullElse(System.getenv("DOCKER_HOST"), USUAL);
    return answers(usual) ? new DockerDaemon(usual, null, null) : own();
  }

  /// Its sockets are in a directory of its own, because a socket's path must be short.
  private static DockerDaemon own() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("storeproof-docker-");
    Path log = directory.resolve("log");
    String address = "unix://" + directory.resolve("docker.sock");
    Process process =
        new ProcessBuilder(
                "dockerd",
                "--host=" + address,
                "--data-root=" + Path.of("target", "docker").toAbsolutePath(),
                "--exec-root=" + directory.resolve("exec"),
                "--pidfile=" + directory.resolve("pid"),
                "--bridge=none",
                "--iptables=false",
                "--ip6tables=false")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    DockerDaemon daemon = new DockerDaemon(address, process, directory);
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (!answers(address)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        String said = Files.readString(log);
        daemon.close();
        throw new IOException("dockerd does not start, as root on a kernel with cgroups:\n" + said);
      }
      Thread.sleep(100);
    }
    return daemon;
  }

  private static boolean answers(String address) throws IOException, InterruptedException {
    Process info =
        new ProcessBuilder("docker", "--host=" + address, "info", "--format={{.ServerErrors}}")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return info.waitFor() == 0;
  }

  /// Where it listens, as `DOCKER_HOST` has it.
  String address() {
    return address;
  }

  /// Ends it, when it is ours.
  @Override
  public void close() throws IOException, InterruptedException {
    if (own == null || directory == null) {
      return;
    }
    own.destroy();
    if (!own.waitFor(END_LIMIT)) {
      own.destroyForcibly();
    }
    new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor();
  }
}
