package io.github.storeproof.conformance.subject;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherProcessesTest {
  private static final String KEEPER =
      """
      import fcntl, sys
      caches = open(sys.argv[1], "r+b")
      fcntl.lockf(caches, fcntl.LOCK_EX, 1, 0)
      fcntl.lockf(caches, fcntl.LOCK_EX, 1, 1)
      print("kept", flush=True)
      sys.stdin.read()
      """;

  @TempDir private Path directory;

  @Test
  void droppersWaitForAnotherProcessThatKeepsTheCaches() throws IOException {
    Path file = Files.createFile(directory.resolve("caches"));
    OtherProcesses others = OtherProcesses.of(file);
    Process keeper = new ProcessBuilder("python3", "-c", KEEPER, file.toString()).start();
    try (BufferedReader said = keeper.inputReader(UTF_8)) {
      assertThat(said.readLine()).isEqualTo("kept");
      CompletableFuture<Void> dropping = CompletableFuture.runAsync(others::dropping);
      assertThatThrownBy(() -> dropping.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      keeper.outputWriter(UTF_8).close();
      dropping.join();
    } finally {
      keeper.destroyForcibly();
    }
    CompletableFuture.runAsync(others::dropping).join();
    others.dropped();
    others.dropped();
    others.keep();
    others.letGo();
  }

  @Test
  void nobodyWaitsWhereTheFileCannotBeOpened() {
    OtherProcesses others = OtherProcesses.of(directory.resolve("nothing"));
    others.keep();
    others.letGo();
    others.dropping();
    others.dropped();
    assertThat(directory).isEmptyDirectory();
  }
}
