package io.github.storeproof.conformance.subject;

import io.github.storeproof.conformance.prober.HangReport;
import io.github.storeproof.conformance.prober.host.TaskDump;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.conformance.target.MountServer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the target's own processes do while a call hangs: their tasks by state and by the place in the kernel where they wait.
/// *Immutable.*
final class ServerTasks {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final int GROUPS = 12;
  private static final int FRAMES = 6;
  private static final int NAMES = 8;

  private ServerTasks() {}

  /// Tasks that are told in one entry.
  private record Place(int pid, String state, String waitChannel) {
    static Place of(HangReport.Task task) {
      return new Place(task.pid(), task.state(), task.waitChannel());
    }

    /// Threads of a program wait for each other in futexes: their stacks all look alike.
    boolean isTelling() {
      return !waitChannel.startsWith("futex");
    }
  }

  /// Lines for a report, each with a line break before it. To be asked before the mount is given up.
  static String of(LiveMount mount) {
    Optional<MountServer> server = mount.server();
    if (server.isEmpty()) {
      return "\nthe target's process is not one that the kit knows";
    }
    Map<Place, List<HangReport.Task>> byPlace =
        tasks(server.get()).stream()
            .collect(Collectors.groupingBy(Place::of, LinkedHashMap::new, Collectors.toList()));
    String told =
        byPlace.entrySet().stream()
            .limit(GROUPS)
            .map(entry -> entry(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
    int left = byPlace.size() - GROUPS;
    return "\nthe target's tasks:" + told + (left > 0 ? "\n  … and " + left + " other places" : "");
  }

  private static List<HangReport.Task> tasks(MountServer server) {
    try {
      return TaskDump.of(server.pids(), LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private static String entry(Place place, List<HangReport.Task> tasks) {
    String names =
        tasks.stream()
            .map(HangReport.Task::name)
            .distinct()
            .limit(NAMES)
            .collect(Collectors.joining(", "));
    String stack =
        tasks
            .getFirst()
            .stack()
            .lines()
            .limit(place.isTelling() ? FRAMES : 0)
            .map(frame -> "\n      " + frame)
            .collect(Collectors.joining());
    return "\n  %s of process %d (%s), %s, in %s%s"
        .formatted(
            tasks.size() == 1 ? "task " + tasks.getFirst().tid() : tasks.size() + " tasks",
            place.pid(),
            names,
            place.state(),
            place.waitChannel(),
            stack);
  }
}
