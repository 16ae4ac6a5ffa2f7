package io.github.storeproof.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Starts the two launchers as a person does: from elsewhere, through links, with an older `java`
/// first in the path, and two at once in a clone that is not built yet.
class LauncherIT {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /// Copies the sources alone; a package is called `target` too.
  private static final String COPY =
      "rsync --archive --exclude=/target --exclude='/*/target' --exclude='/ci/*/target'"
          + " --exclude=/.git ./ \"$1/\"";

  @TempDir private Path work;

  @Test
  void startsFromAnyDirectoryThroughASymbolicLink() throws Exception {
    Path link = Files.createSymbolicLink(work.resolve("link"), ROOT.resolve("bin/castore"));
    Path linkToLink = Files.createSymbolicLink(work.resolve("link 2"), link);
    for (Path launcher : List.of(ROOT.resolve("bin/storeproof"), link, linkToLink)) {
      Outcome outcome = run(work, "exec \"$1\" --help", launcher);
      assertThat(outcome.status()).as(outcome.toString()).isZero();
      assertThat(outcome.output()).contains("Usage:");
    }
  }

  @Test
  void findsTheJdkBesideAnOlderOneInThePath() throws Exception {
    Path java = Files.createDirectory(work.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho this is not the one >&2\nexit 1\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Outcome outcome =
        run(
            work,
            "JAVA_HOME=/nonexistent PATH=$PWD/bin:/usr/bin:/bin exec \"$1\" --help",
            ROOT.resolve("bin/storeproof"));
    assertThat(outcome.status()).as(outcome.toString()).isZero();
  }

  @Test
  void tellsWhatItSawWhenThereIsNoJdk25() throws Exception {
    assumeTrue(isRoot(), "hiding the JDKs takes a mount namespace, and that takes root");
    Outcome outcome =
        run(
            work,
            "unshare --mount sh -c 'mount -t tmpfs none /usr/lib/jvm"
                + " && mkdir -p /usr/lib/jvm/jdk-17/bin"
                + " && echo JAVA_VERSION=\\\"17.0.1\\\" >/usr/lib/jvm/jdk-17/release"
                + " && JAVA_HOME= PATH=/usr/bin:/bin exec \"$1\" --help' sh \"$1\"",
            ROOT.resolve("bin/castore"));
    assertThat(outcome.status()).as(outcome.toString()).isEqualTo(2);
    assertThat(outcome.output())
        .contains("found no JDK 25", "/usr/lib/jvm/jdk-17 (17.0.1)", "JAVA_HOME");
  }

  @Test
  void argumentsKeepBytesThatAreNotUtf8() throws Exception {
    Outcome outcome =
        run(
            work,
            "LC_ALL=C exec \"$1\" import \"$(printf '/nowhere/caf\\351')\"",
            ROOT.resolve("bin/castore"));
    assertThat(outcome.status()).as(outcome.toString()).isNotZero();
    assertThat(outcome.output()).contains("caf\\xe9");
  }

  @Test
  void twoAtOnceInAFreshCloneBuildOnce() throws Exception {
    Path clone = work.resolve("a clone");
    run(ROOT, COPY, clone);
    Outcome outcome =
        run(
            clone,
            "bin/castore --help & first=$!; bin/storeproof --help & second=$!;"
                + " wait $first && wait $second",
            clone);
    assertThat(outcome.status()).as(outcome.toString()).isZero();
    assertThat(outcome.output()).containsOnlyOnce("building Storeproof, once");
    assertThat(outcome.output()).contains("waiting for another build of Storeproof");
    Outcome again = run(clone, "exec bin/storeproof --help", clone);
    assertThat(again.output()).doesNotContain("building");
  }

  @Test
  void aBuildThatFailsShowsItsLog() throws Exception {
    Path clone = work.resolve("clone");
    run(ROOT, COPY, clone);
    Files.writeString(clone.resolve("pom.xml"), "no pom");
    Outcome outcome = run(work, "exec clone/bin/castore --help", clone);
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.output()).contains("Non-parseable POM", "the build failed", "build.log");
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /// What a command ended with: its exit status, and its output and errors in one.
  private record Outcome(int status, String output) {}

  /// Runs a line of shell in a directory; the line sees the path as `$1`.
  private Outcome run(Path directory, String line, Path argument)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(work, "output", ".txt");
    Process process =
        new ProcessBuilder("sh", "-c", line, "sh", argument.toString())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(Duration.ofMinutes(5))) {
      process.destroyForcibly();
      throw new AssertionError("still running after 5 minutes: " + line);
    }
    return new Outcome(process.exitValue(), Files.readString(output));
  }
}
