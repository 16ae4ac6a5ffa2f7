package io.github.storeproof.conformance.prober;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What was going on when a deadline passed. Immutable.
///
/// @param deadline how long the call had, or all of the script
/// @param isMoving whether calls were answered all the time, and there was only no end of them
/// @param positions for each thread that was inside a call: where
/// @param tasks every task of the child and of its descendants
/// @param stderrTail the last of what the child wrote to its standard error
public record HangReport(
    Duration deadline,
    boolean isMoving,
    List<Position> positions,
    List<Task> tasks,
    String stderrTail) {
  /// Where threads of a JVM wait, that of the child's frames among them.
  private static final Set<String> WAITING =
      Set.of(
          "futex_do_wait",
          "futex_wait_queue",
          "futex_wait_queue_me",
          "pipe_read",
          "anon_pipe_read");

  /// Copies the lists.
  public HangReport {
    positions = List.copyOf(positions);
    tasks = List.copyOf(tasks);
  }

  /// Where a thread is: `path` is the index of the call in the script, then those in nested scripts.
  ///
  /// @param tid its thread id
  /// @param call the call that it is making, as C
  public record Position(int tid, List<Integer> path, String call) {}

  /// A task in the kernel.
  ///
  /// @param state as in /proc/PID/status: `D (disk sleep)`
  /// @param waitChannel the kernel function that it sleeps in
  /// @param syscall the line of /proc/PID/syscall
  /// @param stack its kernel stack, empty when only root may see it
  public record Task(
      int pid,
      int tid,
      String name,
      String state,
      String waitChannel,
      String syscall,
      String stack) {}

  /// Returns the calls that hung, in one line.
  public String summary() {
    return (isMoving ? "not at its end after " : "no answer in ")
        + deadline.toMillis()
        + " ms; in "
        + (positions.isEmpty() ? "no call" : describe(positions));
  }

  static String describe(List<Position> positions) {
    return String.join(", ", positions.stream().map(HangReport::describe).toList());
  }

  private static String describe(Position position) {
    return "call "
        + String.join(".", position.path().stream().map(String::valueOf).toList())
        + ": "
        + position.call();
  }

  /// Returns what tells something, as text for a report: the calls, and the tasks that make them or wait for something of their own.
  public String details() {
    StringBuilder text = new StringBuilder(summary()).append('\n');
    for (Task task : tasks) {
      if (isTelling(task)) {
        append(text, task);
      }
    }
    if (!stderrTail.isEmpty()) {
      text.append("standard error:\n").append(stderrTail).append('\n');
    }
    return text.toString();
  }

  /// The JVM's own threads wait in futexes; a task of the script can be anywhere.
  private boolean isTelling(Task task) {
    return positions.stream().anyMatch(position -> position.tid() == task.tid())
        || !(task.state().startsWith("S") && WAITING.contains(task.waitChannel()));
  }

  private static void append(StringBuilder text, Task task) {
    text.append(
        "task %d of %d (%s), %s, in %s%n"
            .formatted(task.tid(), task.pid(), task.name(), task.state(), task.waitChannel()));
    task.stack().lines().forEach(line -> text.append("    ").append(line).append('\n'));
  }
}
