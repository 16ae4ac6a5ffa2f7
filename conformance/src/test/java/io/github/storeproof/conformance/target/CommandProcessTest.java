package io.github.storeproof.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CommandProcessTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private Workspace workspace;
  private Path directory;

  @BeforeEach
  void makeAWorkspace() throws TargetException {
    workspace = Workspace.create(false);
    directory = workspace.directory("work");
  }

  @AfterEach
  void closeIt() {
    workspace.close();
  }

  @Test
  void aCommandThatFailsIsShownWithItsLastLines() {
    assertThatThrownBy(() ->
            CommandProcess.run(
                "populate command", "echo no such disk >&2; exit 3", workspace, directory, LIMIT))
        .isInstanceOf(TargetException.class)
        .hasMessage(
            "the populate command ended with exit 3: echo no such disk >&2; exit 3\n"
                + "  | no such disk");
  }

  @Test
  @Timeout(60)
  void aCommandThatHangsIsEndedWithAllThatItStarted() throws InterruptedException {
    assertThatThrownBy(() ->
            CommandProcess.run(
                "populate command",
                "sleep 600 & sleep 600",
                workspace,
                directory,
                Duration.ofMillis(200)))
        .hasMessageStartingWith("the populate command has not ended after 0.2 s");
    while (!marked().isEmpty()) {
      Thread.sleep(5);
    }
  }

  /// The processes that this workspace started and that have not ended.
  private String marked() {
    String look =
        "grep -las -F " + Workspace.MARK + "=" + workspace.root() + " /proc/[0-9]*/environ";
    return OuterCommand.run(LIMIT, "sh", "-c", look).output();
  }

  @Test
  void onlyTheLastTwoHundredLinesAreKept() throws TargetException {
    CommandProcess process = CommandProcess.start("seq 1 1000", workspace, directory);
    assertThat(process.waitFor(LIMIT)).isTrue();
    process.shownTail();
    assertThat(process.lines()).hasSize(200).last().isEqualTo("1000");
  }

  @Test
  void theServerIsTheChildThatTheShellWaitsFor() throws Exception {
    CommandProcess process = CommandProcess.start("sleep 600; true", workspace, directory);
    while (!nameOf(process.serverPid()).equals("sleep")) {
      Thread.sleep(5);
    }
    process.killGroup();
    assertThat(process.waitFor(LIMIT)).isTrue();
    assertThat(process.exit()).hasValue(137);
    assertThat(CommandProcess.ended(137)).isEqualTo("exit 137 (signal 9)");
  }

  @Test
  void aCommandOfTheSystemThatHangsIsGivenUp() {
    OuterCommand result = OuterCommand.run(Duration.ofMillis(100), "sleep", "600");
    assertThat(result.timedOut()).isTrue();
    assertThat(result.output()).isEqualTo("sleep has not ended after 0.1 s");
  }

  /// The name of a process's program; empty once it has ended.
  private static String nameOf(long pid) throws IOException {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/comm")).strip();
    } catch (NoSuchFileException e) {
      return "";
    }
  }
}
