package io.github.storeproof.ci.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/// A docker daemon for tests: the one that runs on the machine, or one of our own without any network, whose images stay in
/// `target/docker`. No daemon at all is an error.
final class DockerDaemon {
  private static final String USUAL = "unix:///var/run/docker.sock";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  /// Ends the daemon when its standard input ends, and so after this JVM, whose testcontainers cleans up to the last moment.
  private static final String UNTIL_THE_INPUT_ENDS =
      """
      { dockerd "$@" >"$0/log" 2>&1; : >"$0/ended"; } &
      read -r _
      kill "$(cat "$0/pid")"
      wait
      rm -rf "$0"
      """;

  private DockerDaemon() {}

  /// Where a daemon listens, as `DOCKER_HOST` has it: that of the machine, or a new one that ends with this JVM.
  static String address() throws IOException, InterruptedException {
    String usual = Objects.requireNonNullElse(System.getenv("DOCKER_HOST"), USUAL);
    return answers(usual) ? usual : started();
  }

  /// Its sockets are in a directory of its own, because a socket's path must be short.
  private static String started() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("storeproof-docker-");
    String address = "unix://" + directory.resolve("docker.sock");
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                UNTIL_THE_INPUT_ENDS,
                directory.toString(),
                "--host=" + address,
                "--data-root=" + Path.of("target", "docker").toAbsolutePath(),
                "--exec-root=" + directory.resolve("exec"),
                "--pidfile=" + directory.resolve("pid"),
                "--bridge=none",
                "--iptables=false",
                "--ip6tables=false")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (!answers(address)) {
      if (Files.exists(directory.resolve("ended")) || System.nanoTime() > end) {
        String said = Files.readString(directory.resolve("log"));
        process.getOutputStream().close();
        throw new IOException("dockerd does not start; it takes root and docker.io:\n" + said);
      }
      Thread.sleep(100);
    }
    return address;
  }

  private static boolean answers(String address) throws IOException, InterruptedException {
    Process info =
        new ProcessBuilder("docker", "--host=" + address, "info")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return info.waitFor() == 0;
  }
}
