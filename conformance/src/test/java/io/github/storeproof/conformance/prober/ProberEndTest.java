package io.github.storeproof.conformance.prober;

import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.O_WRONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.storeproof.conformance.prober.frame.Frame;
import io.github.storeproof.conformance.prober.frame.ScriptCodec;
import io.github.storeproof.conformance.prober.host.ChildCommand;
import io.github.storeproof.conformance.prober.host.ProgressFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Probers that come to an end before their script: `fifo` has no writer, so opening it hangs; a script can kill its own process.
class ProberEndTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofSeconds(3);

  @TempDir private Path root;
  private Prober prober;

  @BeforeEach
  void start() throws IOException {
    prober = Prober.start(root.toString().getBytes(StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    prober.close();
  }

  private void makeFifo() throws ProberHung, ProberDied {
    prober.run(Script.of(s -> s.mknod(Arg.path("fifo"), Linux.S_IFIFO | 0600, 0)), LONG);
  }

  @Test
  void aHungOpenIsReportedWithItsPlaceAndTheKernelsView() throws Exception {
    makeFifo();
    Script.Builder s = Script.builder();
    s.lstat("fifo");
    s.open("fifo", O_RDONLY);
    s.lstat("fifo");

    ProberHung hung = catchThrowableOfType(ProberHung.class, () -> prober.run(s.build(), SHORT));
    assertThat(hung)
        .hasMessage(
            "no answer in 3000 ms; in call 1: openat(AT_FDCWD, root \"/fifo\", O_RDONLY, 0)");
    HangReport.Position position = hung.report().positions().getFirst();
    assertThat(position.path()).containsExactly(1);
    assertThat(hung.report().tasks())
        .anySatisfy(task -> {
          assertThat(task.tid()).isEqualTo(position.tid());
          assertThat(task.name()).isEqualTo("script");
          assertThat(task.state()).startsWith("S");
        });
    assertThat(hung.report().details()).contains("script");
    assertThat(prober.isAlive()).isFalse();
  }

  @Test
  void hungThreadsAreFoundInsideTheirScripts() throws Exception {
    makeFifo();
    Script.Builder s = Script.builder();
    Slot pipe = s.pipe();
    s.parallel(
        3,
        2,
        (t, number) -> {
          t.lstat("fifo");
          if (number == 1) {
            t.open("fifo", O_WRONLY);
          } else if (number == 2) {
            t.read(t.readEnd(pipe), 1);
          }
        });

    ProberHung hung = catchThrowableOfType(ProberHung.class, () -> prober.run(s.build(), SHORT));
    assertThat(hung.report().positions().stream().map(HangReport.Position::path))
        .containsExactlyInAnyOrder(List.of(1, 1, 1), List.of(1, 2, 1));
    assertThat(hung).hasMessageContaining("call 1.2.1: read(outer.r0.out0[0], buf[1], 1)");
  }

  @Test
  void aHungProgramIsKilledWithTheProber() throws Exception {
    Script.Builder s = Script.builder();
    s.spawn(Arg.raw("/bin/sleep"), List.of(Arg.raw("sleep"), Arg.raw("1000")), List.of());

    ProberHung hung = catchThrowableOfType(ProberHung.class, () -> prober.run(s.build(), SHORT));
    HangReport.Task sleep =
        hung.report().tasks().stream()
            .filter(task -> task.name().equals("sleep"))
            .findFirst()
            .orElseThrow();
    awaitEnd(sleep.pid());
  }

  @Test
  void aScriptAfterAHangSaysThatTheProberIsDead() throws Exception {
    makeFifo();
    assertThatThrownBy(() -> prober.run(Script.of(s -> s.open("fifo", O_RDONLY)), SHORT))
        .isInstanceOf(ProberHung.class);
    assertThatThrownBy(() -> prober.run(Script.of(s -> s.lstat("fifo")), LONG))
        .isInstanceOf(ProberDied.class);
  }

  @Test
  void aKilledChildIsReportedWithItsSignal() {
    Script.Builder s = Script.builder();
    Slot pid = s.call("getpid");
    s.call("kill", pid, Arg.num(Linux.SIGKILL));
    s.sleep(60_000);

    ProberDied died = catchThrowableOfType(ProberDied.class, () -> prober.run(s.build(), LONG));
    assertThat(died.signal()).hasValue(Linux.SIGKILL);
    assertThat(died).hasMessageContaining("signal 9").hasMessageContaining("call ");
  }

  @Test
  void aCrashedChildLeavesTheEndOfItsStandardError() {
    Script.Builder s = Script.builder();
    s.call("tgkill", s.call("getpid"), s.call("gettid"), Arg.num(Linux.SIGSEGV));
    s.sleep(60_000);

    ProberDied died = catchThrowableOfType(ProberDied.class, () -> prober.run(s.build(), LONG));
    assertThat(died.exitCode()).isNotZero();
    assertThat(died.stderrTail()).contains("SIGSEGV");
  }

  @Test
  void aChildThatExitsIsReportedWithItsCode() {
    ProberDied died =
        catchThrowableOfType(
            ProberDied.class,
            () -> prober.run(Script.of(s -> s.call("exit_group", Arg.num(7))), LONG));
    assertThat(died.exitCode()).isEqualTo(7);
    assertThat(died.signal()).isEmpty();
    assertThat(died).hasMessageContaining("exit code 7").hasMessageContaining("exit_group(7)");
  }

  @Test
  void theChildEndsWithItsInputInTheMiddleOfAScript() throws Exception {
    try (ProgressFile progress = ProgressFile.create()) {
      Process child = new ProcessBuilder(ChildCommand.of(progress.path())).start();
      Script script = Script.of(s -> s.sleep(3_600_000));
      new Frame(Frame.Kind.SCRIPT, ScriptCodec.encode(script)).writeTo(child.getOutputStream());
      assertThat(Frame.readFrom(child.getInputStream()).orElseThrow().kind())
          .isEqualTo(Frame.Kind.HELLO);
      child.getOutputStream().close();
      assertThat(child.waitFor()).isZero();
    }
  }

  @Test
  void aCallThatIsRepeatedGoesOnFromOneTimeToTheNext() throws Exception {
    Script slow = Script.of(s -> s.parallel(1, 8, (thread, number) -> thread.sleep(300)));
    assertThat(prober.run(slow, Duration.ofSeconds(1)).calls()).hasSize(1);
  }

  @Test
  void aScriptThatGoesOnHasTimeForEachCallUpToABound() {
    Duration deadline = Duration.ofSeconds(10);
    assertThat(Prober.most(deadline, 1)).isEqualTo(Duration.ofMillis(60_010));
    assertThat(Prober.most(deadline, 9000)).isEqualTo(Duration.ofSeconds(150));
    assertThat(Prober.most(deadline, 1_000_000)).isEqualTo(Duration.ofMinutes(4));
  }

  @Test
  void aScriptWithoutEndIsReportedAsOne() {
    Script endless = Script.of(s -> s.parallel(1, 100_000, (thread, number) -> thread.sleep(5)));
    ProberHung hung =
        catchThrowableOfType(ProberHung.class, () -> prober.run(endless, Duration.ofSeconds(1)));
    assertThat(hung).hasMessageStartingWith("not at its end after 6001 ms; in call 0.0");
  }

  @Test
  void closeEndsTheChild() throws Exception {
    long pid = prober.pid();
    prober.close();
    awaitEnd((int) pid);
  }

  @Test
  void oneProberServesManyRootsAndScripts() throws Exception {
    for (String name : List.of("x", "y", "z")) {
      Path directory = Files.createDirectory(root.resolve(name));
      Files.writeString(directory.resolve("file"), name);
      prober.moveTo(directory.toString().getBytes(StandardCharsets.UTF_8));
      Script.Builder s = Script.builder();
      Slot read = s.read(s.open("file", O_RDONLY), 10);
      assertThat(prober.run(s.build(), LONG).bytes(read))
          .isEqualTo(name.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void aRelativeRootIsRefused() {
    assertThatThrownBy(() -> Prober.start(new byte[] {'x'}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("want an absolute path");
  }

  private static void awaitEnd(int pid) throws IOException, InterruptedException {
    long limit = System.nanoTime() + LONG.toNanos();
    while (isRunning(pid)) {
      assertThat(System.nanoTime()).as("process %d ends", pid).isLessThan(limit);
      Thread.sleep(10);
    }
  }

  /// A process that nobody has reaped yet does not run.
  private static boolean isRunning(int pid) throws IOException {
    Path status = Path.of("/proc", Integer.toString(pid), "status");
    return Files.exists(status) && !Files.readString(status).contains("State:\tZ");
  }
}
