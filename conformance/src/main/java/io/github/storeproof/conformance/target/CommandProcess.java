package io.github.storeproof.conformance.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// A command of a profile, run by `sh -c` in a session of its own, so that all that it starts can
/// be ended together. *Thread-safe.*
final class CommandProcess {
  private static final int SHOWN_LINES = 12;

  private final String command;
  private final Process process;
  private final ErrorTail tail;

  private CommandProcess(String command, Process process) {
    this.command = command;
    this.process = process;
    this.tail = new ErrorTail(process.getInputStream());
  }

  /// Runs `$0` in a session of its own, in the process that this is. A run under nohup or in the background of a script
  /// inherits ignored signals, with which no server could be asked to end or to read its paths again.
  private static final String IN_A_SESSION =
      """
      if env --default-signal=HUP true 2>/dev/null; then
        exec env --default-signal=HUP,INT,TERM setsid sh -c "$0"
      else
        exec setsid sh -c "$0"
      fi\
      """;

  /// Starts a command.
  static CommandProcess start(String command, Workspace workspace, Path directory)
      throws TargetException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", IN_A_SESSION, command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile());
    return new CommandProcess(command, workspace.start(builder));
  }

  /// Runs a command to its end.
  ///
  /// @param what its name in messages, such as `populate command`
  static void run(String what, String command, Workspace workspace, Path directory, Duration limit)
      throws TargetException {
    CommandProcess running = start(command, workspace, directory);
    running.requireSuccess(what, limit);
  }

  /// Waits for its end, which must be exit 0.
  void requireSuccess(String what, Duration limit) throws TargetException {
    if (!waitFor(limit)) {
      killGroup();
      throw new TargetException(
          "the " + what + " has not ended after " + seconds(limit) + ": " + command + shownTail());
    }
    int exit = process.exitValue();
    if (exit != 0) {
      throw new TargetException(
          "the " + what + " ended with " + ended(exit) + ": " + command + shownTail());
    }
  }

  /// A duration for people.
  static String seconds(Duration duration) {
    return "%.1f s".formatted(duration.toMillis() / 1000.0);
  }

  /// An exit status for people.
  static String ended(int exit) {
    return exit > 128 ? "exit " + exit + " (signal " + (exit - 128) + ")" : "exit " + exit;
  }

  boolean waitFor(Duration limit) {
    try {
      return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  OptionalInt exit() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /// The number of the session, and of the process group of the command.
  long sessionId() {
    return process.pid();
  }

  /// The process that does the work: the command, or the one child that its shell waits for.
  long serverPid() {
    ProcessHandle handle = process.toHandle();
    while (isShell(handle.pid())) {
      List<ProcessHandle> children = handle.children().toList();
      if (children.size() != 1) {
        break;
      }
      handle = children.getFirst();
    }
    return handle.pid();
  }

  private static boolean isShell(long pid) {
    try {
      String name = Files.readString(Path.of("/proc/" + pid + "/comm")).strip();
      return name.equals("sh") || name.equals("dash") || name.equals("bash");
    } catch (IOException e) {
      return false;
    }
  }

  /// Asks the server and its session to end.
  void terminate() {
    signalGroup("TERM");
  }

  /// Ends the whole session, whatever it does.
  void killGroup() {
    signalGroup("KILL");
    process.destroyForcibly();
  }

  private void signalGroup(String signal) {
    OuterCommand.run(Duration.ofSeconds(5), "sh", "-c", "kill -" + signal + " -" + process.pid());
  }

  /// Ends the session: politely, then not.
  void end(Duration patience) {
    if (alive()) {
      terminate();
      waitFor(patience);
    }
    killGroup();
    waitFor(Duration.ofSeconds(2));
  }

  /// Its last lines as an indented block that starts with a line break; empty when it wrote
  /// nothing.
  String shownTail() {
    if (!process.isAlive()) {
      tail.settle();
    }
    List<String> last = tail.last(SHOWN_LINES);
    return last.isEmpty()
        ? ""
        : last.stream().map(line -> "\n  | " + line).collect(Collectors.joining());
  }

  /// All lines that are still known.
  List<String> lines() {
    return tail.last(Integer.MAX_VALUE);
  }
}
