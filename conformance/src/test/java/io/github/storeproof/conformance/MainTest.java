package io.github.storeproof.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Command lines that mount nothing.
class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  private int run(String... args) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  private void cannot(String message, String... args) {
    assertThat(run(args)).isEqualTo(2);
    assertThat(err.toString()).contains(message);
  }

  @Test
  void everyCaseChecksARuleOfTheBook() {
    assertThat(run("check", "--list")).isZero();
    assertThat(out.toString().lines())
        .hasSizeGreaterThan(20)
        .allMatch(line -> line.matches("(must|should|may) +[A-Z]+-[0-9]+/[a-z0-9-]+"));
  }

  @Test
  void explainPrintsARuleOrAFeature() {
    assertThat(run("explain", "attr-1")).isZero();
    assertThat(out.toString()).startsWith("ATTR-1 (must)").contains("Source:").contains("ATTR-1/");
    assertThat(run("explain", "list-root")).isZero();
    assertThat(out.toString()).contains("feature list-root");
  }

  @Test
  void explainSuggestsRules() {
    cannot("no rule 'ATR-1'; did you mean ATTR-1", "explain", "ATR-1");
  }

  @Test
  void wrongWordsAreExitTwo() {
    cannot("want a command");
    cannot("Unmatched argument", "chekc");
    cannot(
        "no target 'nope': it is no profile file, and the bundled profiles are reference,",
        "check",
        "nope");
    cannot("--mount and --manifest belong together", "check", "--mount", "/");
    cannot("--mount takes one TARGET", "check", "a", "b", "--mount", "/", "--manifest", "m");
    cannot("--grpc excludes TARGET and --mount", "check", "ext4", "--grpc", "unix:/x");
    cannot("nothing listens on unix:/x", "check", "--grpc", "unix:/x");
    cannot("--patience is 0.0", "check", "--patience", "0");
    cannot("--tries is 0", "check", "--tries", "0");
    cannot("no rule matches 'XYZ-1'", "check", "--list", "--rules", "XYZ-1");
  }

  @Test
  void aProfileThatIsWrongIsShownWithItsLine() throws IOException {
    Path profile =
        Files.writeString(
            directory.resolve("x.toml"), "name = \"x\"\nkind = \"mount\"\nspeed = 3\n");
    cannot(profile + ":3: unknown key 'speed'", "check", profile.toString());
  }

  @Test
  void aMountCommandThatFailsIsShownWithItsLastWords() throws IOException {
    cannot(
        "the mount command ended with exit 3: echo out of toys >&2; exit 3\n  | out of toys",
        "check",
        profile("echo out of toys >&2; exit 3", true),
        "--report",
        directory.resolve("r").toString());
  }

  @Test
  void aMountCommandThatEndsAtOnceIsNamed() throws IOException {
    cannot(
        "although the profile says that it stays",
        "check",
        profile("true", true),
        "--report",
        directory.resolve("r").toString());
  }

  @Test
  void aMountCommandThatNeverMountsIsNamed() throws IOException {
    cannot(
        "nothing is mounted on ",
        "check",
        profile("sleep 600", true),
        "--patience",
        "0.02",
        "--report",
        directory.resolve("r").toString());
    cannot(
        "nothing is mounted on ",
        "check",
        profile("true", false),
        "--patience",
        "0.02",
        "--report",
        directory.resolve("r").toString());
  }

  private String profile(String command, boolean foreground) throws IOException {
    return Files.writeString(
            directory.resolve("broken.toml"),
            "name = \"broken\"\n"
                + "kind = \"mount\"\n"
                + "[populate]\n"
                + "method = \"none\"\n"
                + "[mount]\n"
                + "command = \""
                + command
                + "\"\nforeground = "
                + foreground
                + "\n")
        .toString();
  }

  @Test
  void aReportDirectoryThatCannotBeMadeIsNamedBeforeTheRun() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    cannot(
        "cannot make the report directory " + file,
        "check",
        profile("sleep 600", true),
        "--report",
        file.toString());
  }

  @Test
  void aMatrixOfSomethingElseIsExitTwo() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "{}");
    String out = directory.resolve("m.html").toString();
    cannot(
        file + " is no report: member 'rules' is missing", "matrix", file.toString(), "--out", out);
    cannot("cannot read", "matrix", directory.resolve("none").toString(), "--out", out);
  }
}
