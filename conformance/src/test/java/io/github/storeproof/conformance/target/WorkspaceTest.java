package io.github.storeproof.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkspaceTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Test
  void closingRemovesTheFilesAlsoThoseThatAreReadOnly() throws Exception {
    Path root;
    try (Workspace workspace = Workspace.create(false)) {
      root = workspace.root();
      Path directory = workspace.directory("tree");
      CommandProcess.run(
          "command", "mkdir a && touch a/b && chmod 0555 a", workspace, directory, LIMIT);
    }
    assertThat(root).doesNotExist();
  }

  @Test
  void closingEndsProcessesThatLeftTheirSession() throws Exception {
    long stray;
    try (Workspace workspace = Workspace.create(false)) {
      Path directory = workspace.directory("work");
      CommandProcess.run(
          "command",
          "setsid sh -c 'echo $$ >pid; exec sleep 600' >/dev/null 2>&1 &",
          workspace,
          directory,
          LIMIT);
      stray = pidIn(directory.resolve("pid"));
      assertThat(runs(stray)).isTrue();
    }
    assertThat(runs(stray)).isFalse();
  }

  @Test
  void nothingStartsAfterTheEndHasBegun() throws TargetException {
    Workspace workspace = Workspace.create(false);
    Path directory = workspace.directory("work");
    workspace.close();
    assertThatThrownBy(() -> CommandProcess.start("true", workspace, directory))
        .isInstanceOf(TargetException.class)
        .hasMessage("the run is ending");
  }

  @Test
  void filesStayWhereTheUserWantsThem() throws Exception {
    Path root;
    try (Workspace workspace = Workspace.create(true)) {
      root = workspace.root();
    }
    assertThat(root).exists();
    Files.delete(root);
  }

  private static long pidIn(Path file) throws IOException, InterruptedException {
    while (!Files.exists(file) || Files.readString(file).isBlank()) {
      Thread.sleep(5);
    }
    return Long.parseLong(Files.readString(file).strip());
  }

  /// A process that has ended may still have an entry, until its parent asks for it.
  private static boolean runs(long pid) throws IOException {
    Path status = Path.of("/proc/" + pid + "/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream().noneMatch(line -> line.matches("State:\\s+[ZX].*"));
  }
}
