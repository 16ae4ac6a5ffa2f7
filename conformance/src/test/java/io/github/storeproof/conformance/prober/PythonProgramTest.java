package io.github.storeproof.conformance.prober;

import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonProgramTest {
  @TempDir private Path work;

  @Test
  void theProgramSeesWhatTheProberSeesCallByCall() throws Exception {
    Path root = work.resolve("tree");
    Script script = BroadScript.script();
    BroadScript.installTree(root);
    List<String> seen;
    try (Prober prober = Prober.start(root.toString().getBytes(StandardCharsets.UTF_8))) {
      seen = prober.run(script, Duration.ofSeconds(60)).lines();
    }
    BroadScript.removeTree(root);
    BroadScript.installTree(root);
    List<String> printed = run(script, root);

    assertThat(printed.stream().filter(line -> !line.startsWith("#")))
        .containsExactlyElementsOf(seen);
    assertThat(printed.stream().filter(line -> line.startsWith("#"))).hasSameSizeAs(script.calls());
  }

  @Test
  void bytesOfNamesSurvive() throws Exception {
    byte[] name = {'n', (byte) 0xe9, '"', '\\', '\n', '%', '{'};
    Script script = Script.of(s -> s.symlink(name, Arg.path(name)));
    run(script, work);

    assertThat(run(Script.of(s -> s.readlink(name)), work))
        .contains("0 readlinkat = 7 \"n\\xe9\\\"\\\\\\x0a%{\"");
  }

  @Test
  void aProgramOfNothingPrintsNothing() throws Exception {
    assertThat(run(Script.builder().build(), work)).isEmpty();
    assertThat(run(Script.of(s -> s.close(s.open("missing", O_RDONLY))), work))
        .contains("0 openat = -1 ENOENT", "1 close = -1 EBADF");
  }

  private List<String> run(Script script, Path root) throws IOException, InterruptedException {
    Path program = Files.writeString(work.resolve("replay.py"), script.toPython());
    Process process =
        new ProcessBuilder("python3", program.toString(), root.toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed.lines().toList();
  }
}
