package io.github.storeproof.conformance.target;

import io.github.storeproof.conformance.target.TargetProfile.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// The processes of a profile's `[services]`, started in their order and ended in the reverse.
/// *Confined.*
final class ServiceProcesses {
  private static final Duration END_LIMIT = Duration.ofSeconds(3);

  private final Workspace workspace;
  private final Deque<CommandProcess> running = new ArrayDeque<>();

  ServiceProcesses(Workspace workspace) {
    this.workspace = workspace;
  }

  /// Starts them, each when the one before is ready.
  ///
  /// @param work the directory that they start in
  /// @param deadline the longest time for one of them
  void start(List<Service> services, Placeholders words, Path work, Duration deadline)
      throws TargetException {
    for (Service service : services) {
      CommandProcess process =
          CommandProcess.start(words.command(service.command()), workspace, work);
      running.push(process);
      ServiceReadiness.await(service, process, words, workspace, deadline);
    }
  }

  /// What the first of them that ended by itself left, where one did.
  Optional<MountAttempt> refusal() {
    return running.stream()
        .filter(process -> !process.alive())
        .findFirst()
        .map(process -> new MountAttempt(process.exit(), process.shownTail(), false));
  }

  /// Whether all that were started are alive.
  boolean areAlive() {
    return running.stream().allMatch(CommandProcess::alive);
  }

  /// The process of the service that was started last.
  OptionalLong lastPid() {
    return running.isEmpty() || !running.peek().alive()
        ? OptionalLong.empty()
        : OptionalLong.of(running.peek().serverPid());
  }

  /// What has become of each, with its last lines.
  String diagnosis() {
    return running.stream()
        .map(process ->
            (process.alive()
                    ? "the service " + process.serverPid() + " is alive"
                    : "the service ended with " + CommandProcess.ended(process.exit().orElse(-1)))
                + process.shownTail())
        .collect(Collectors.joining("\n"));
  }

  /// Kills them all, as a power failure does.
  void kill() {
    while (!running.isEmpty()) {
      CommandProcess process = running.pop();
      process.killGroup();
      process.waitFor(END_LIMIT);
    }
  }

  /// Asks each to end, and kills those that do not.
  void end() {
    while (!running.isEmpty()) {
      running.pop().end(END_LIMIT);
    }
  }
}
