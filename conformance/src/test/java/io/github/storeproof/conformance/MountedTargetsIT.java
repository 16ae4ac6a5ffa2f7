package io.github.storeproof.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.conformance.json.Json;
import io.github.storeproof.conformance.target.MountTable;
import io.github.storeproof.conformance.target.OuterCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The kit against real mounts that need no FUSE: read-only bind mounts, as root. After each test
/// nothing is left mounted or running.
class MountedTargetsIT {
  private static final String BIND =
      "mount --bind {tree} {mount} && mount -o remount,ro,bind {mount}";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private List<Path> workspacesBefore = List.of();

  @TempDir private Path directory;

  @BeforeEach
  void lookAtWorkspaces() throws IOException {
    workspacesBefore = workspaces();
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!leftOvers().isEmpty() && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    assertThat(leftOvers()).isEmpty();
  }

  /// Work directories that this test made: each is gone when its mounts and processes are.
  private List<Path> leftOvers() throws IOException {
    return workspaces().stream()
        .filter(path -> !workspacesBefore.contains(path))
        .filter(this::isOurs)
        .toList();
  }

  /// Other runs of the kit may be on this machine: ours have this mark in their tree's profile.
  private boolean isOurs(Path workspace) {
    return Files.exists(workspace.resolve("work-2").resolve("made-by-" + directory.getFileName()));
  }

  private static List<Path> workspaces() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String place : List.of("/dev/shm", System.getProperty("java.io.tmpdir"))) {
      if (Files.isDirectory(Path.of(place))) {
        try (Stream<Path> all = Files.list(Path.of(place))) {
          all.filter(path -> path.getFileName().toString().matches("storeproof-[0-9]+"))
              .forEach(found::add);
        }
      }
    }
    return found;
  }

  private String[] check(String... more) {
    String[] args = new String[more.length + 3];
    args[0] = "check";
    args[1] = "--report";
    args[2] = directory.resolve("report").toString();
    System.arraycopy(more, 0, args, 3, more.length);
    return args;
  }

  private int run(String... args) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  private String profile(String command, boolean foreground, String more) throws IOException {
    return Files.writeString(
            directory.resolve("toy.toml"),
            """
            name = "toy"
            kind = "mount"
            [populate]
            method = "command"
            command = "touch {work}/made-by-%s"
            [mount]
            command = "%s"
            foreground = %s
            [features]
            own-device = false
            %s\
            """
                .formatted(directory.getFileName(), command, foreground, more))
        .toString();
  }

  @Test
  void aReadOnlyBindMountIsJudged() throws IOException {
    assertThat(
            run(
                check(
                    profile(BIND, false, ""),
                    "--groups",
                    "ATTR,STF",
                    "--rules",
                    "ATTR-1/sizes-are-*,STF-1")))
        .as("%s%s", out, err)
        .isZero();
    Json.Obj report =
        Json.parse(Files.readString(directory.resolve("report/report.json"))).asObject();
    assertThat(report.get("summary").asObject().get("passed").asNumber()).isEqualTo(2);
    assertThat(out.toString()).contains("toy conforms");
  }

  @Test
  void aMountOfAnEmptyTreeIsNeverGreen() throws IOException {
    assertThat(
            run(
                check(
                    profile(
                        "mkdir -p {work}/empty && mount --bind {work}/empty {mount}", false, ""))))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("nothing of the fixture is in ")
        .contains("none of its 85 store paths");
  }

  @Test
  void aMountOfAnotherTreeIsNeverGreen() throws IOException {
    assertThat(run(check(profile("mount --bind /etc {mount}", false, "")))).isEqualTo(2);
    assertThat(err.toString()).contains("nothing of the fixture is in ");
  }

  @Test
  void aStaleKnownFailureIsAnError() throws IOException {
    assertThat(run(check(profile(BIND, false, "[known-failures]\n\"ATTR-1/gone-*\" = \"old\"\n"))))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("known failure 'ATTR-1/gone-*' of target toy matches no case");
  }

  @Test
  void whatIsMountedAlreadyIsJudgedAndLeftAlone() throws IOException {
    assertThat(run("fixtures", "generate", "modes", "--out", directory.resolve("f").toString()))
        .as("%s", err)
        .isZero();
    Path point = Files.createDirectory(directory.resolve("point"));
    command("mount", "--bind", directory.resolve("f/tree").toString(), point.toString());
    try {
      command("mount", "-o", "remount,ro,bind", point.toString());
      String manifest = directory.resolve("f/manifest.txt").toString();
      assertThat(
              run(
                  check(
                      "--mount",
                      point.toString(),
                      "--manifest",
                      manifest,
                      "--rules",
                      "ATTR-4/modification-times-are-one")))
          .as("%s%s", out, err)
          .isEqualTo(2);
      assertThat(
              run(
                  check(
                      "--mount",
                      point.toString(),
                      "--manifest",
                      manifest,
                      "--rules",
                      "TYP-1/types-are-*")))
          .as("%s%s", out, err)
          .isZero();
      assertThat(MountTable.read().at(point.toString().getBytes(StandardCharsets.UTF_8)))
          .isPresent();
      String claims = profile("unused {mount}", false, "nix-mtime = true\n");
      assertThat(
              run(
                  check(
                      claims,
                      "--mount",
                      point.toString(),
                      "--manifest",
                      directory.resolve("f/manifest.txt").toString(),
                      "--rules",
                      "ATTR-4")))
          .as("%s%s", out, err)
          .isZero();
      assertThat(out.toString()).contains("toy conforms");
      assertThat(
              run("fixtures", "generate", "long-names", "--out", directory.resolve("g").toString()))
          .isZero();
      assertThat(
              run(
                  check(
                      "--mount",
                      point.toString(),
                      "--manifest",
                      directory.resolve("g/manifest.txt").toString())))
          .isEqualTo(2);
      assertThat(err.toString()).contains("nothing of the fixture is in " + point);
    } finally {
      command("umount", point.toString());
    }
  }

  @Test
  void aDirectoryThatIsNoMountIsNeverGreen() throws IOException {
    assertThat(run("fixtures", "generate", "modes", "--out", directory.resolve("f").toString()))
        .isZero();
    String tree = directory.resolve("f/tree").toString();
    assertThat(
            run(
                check(
                    "--mount", tree, "--manifest", directory.resolve("f/manifest.txt").toString())))
        .isEqualTo(2);
    assertThat(err.toString()).contains(tree + " is no mount point: nothing is mounted there");
  }

  @Test
  void aManifestThatIsNoneIsShownWithItsLine() throws IOException {
    Path manifest =
        Files.writeString(directory.resolve("m.txt"), "storeproof-manifest 1\nnonsense\n");
    assertThat(run(check("--mount", "/", "--manifest", manifest.toString()))).isEqualTo(2);
    assertThat(err.toString()).contains("manifest " + manifest + ": ").contains("2");
  }

  @Test
  void filesThatATargetLetBecomeImmutableAreRemoved() throws IOException {
    String immutable =
        "chattr +i {tree}/*-wide/* ; mount --bind {tree} {mount} && mount -o remount,ro,bind"
            + " {mount}";
    assertThat(run(check(profile(immutable, false, ""), "--rules", "STF-1")))
        .as("%s%s", out, err)
        .isZero();
  }

  @Test
  void killingTheKitLeavesNothing() throws Exception {
    endedBy("KILL", 137);
  }

  @Test
  void interruptingTheKitLeavesNothing() throws Exception {
    endedBy("INT", 130);
  }

  @Test
  void terminatingTheKitLeavesNothing() throws Exception {
    endedBy("TERM", 143);
  }

  private void endedBy(String signal, int exit) throws Exception {
    String profile = profile(BIND + " && exec sleep 600", true, "");
    ProcessBuilder builder =
        new ProcessBuilder(
            // A test run in the background of a script inherits ignored signals.
            "env",
            "--default-signal=HUP,INT,TERM",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "check",
            profile,
            "--report",
            directory.resolve("report").toString());
    Process kit =
        builder.redirectErrorStream(true).redirectOutput(directory.resolve("log").toFile()).start();
    try {
      endWhileItRuns(kit, signal, exit);
    } finally {
      kit.destroyForcibly();
    }
  }

  private void endWhileItRuns(Process kit, String signal, int exit) throws Exception {
    while (!Files.readString(directory.resolve("log")).contains("passed")) {
      assertThat(kit.isAlive()).as(Files.readString(directory.resolve("log"))).isTrue();
      Thread.sleep(50);
    }
    assertThat(leftOvers()).hasSize(1);
    Path workspace = leftOvers().getFirst();
    command("kill", "-" + signal, String.valueOf(kit.pid()));
    assertThat(kit.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(kit.exitValue()).isEqualTo(exit);
    nothingIsLeft();
    assertThat(MountTable.read().below(workspace.toString().getBytes(StandardCharsets.UTF_8)))
        .isEmpty();
    assertThat(
            OuterCommand.run(
                    LIMIT,
                    "sh",
                    "-c",
                    "grep -las -F STOREPROOF_WORK=" + workspace + " /proc/[0-9]*/environ")
                .output())
        .isEmpty();
  }

  private static void command(String... words) {
    OuterCommand result = OuterCommand.run(LIMIT, words);
    assertThat(result.ok()).as(result.output()).isTrue();
  }
}
