package io.github.storeproof.conformance.target;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A short command of the system (`umount`, `stat`, `kill`), run outside of the kit because a
/// broken mount may hang it. When its time is over it is killed and given up, never waited for.
/// *Immutable*: its result.
///
/// @param exit its exit status; 124 when its time was over, 127 when it could not be started
/// @param output what it wrote, both streams
public record OuterCommand(int exit, String output) {
  private static final int TIME_OVER = 124;
  private static final int NOT_STARTED = 127;

  /// Runs a command in the C locale.
  public static OuterCommand run(Duration limit, String... command) {
    return run(limit, List.of(command));
  }

  /// Runs a command in the C locale.
  public static OuterCommand run(Duration limit, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile());
    builder.environment().put("LC_ALL", "C");
    try {
      Process process = builder.start();
      ErrorTail tail = new ErrorTail(process.getInputStream());
      if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        process.destroyForcibly();
        return new OuterCommand(
            TIME_OVER,
            command.getFirst() + " has not ended after " + CommandProcess.seconds(limit));
      }
      tail.settle();
      return new OuterCommand(process.exitValue(), String.join("\n", tail.last(Integer.MAX_VALUE)));
    } catch (IOException e) {
      return new OuterCommand(NOT_STARTED, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new OuterCommand(TIME_OVER, "interrupted");
    }
  }

  /// Whether it ended with 0.
  public boolean ok() {
    return exit == 0;
  }

  /// Whether its time was over.
  public boolean timedOut() {
    return exit == TIME_OVER;
  }
}
