package io.github.storeproof.conformance.prober.host;

import io.github.storeproof.conformance.prober.HangReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What /proc says of the tasks of some processes. Reading it can itself wait for a lock that a stuck task holds, so it has a limit.
public final class TaskDump {
  private final List<Long> pids;
  private final Queue<HangReport.Task> tasks = new ConcurrentLinkedQueue<>();

  private TaskDump(List<Long> pids) {
    this.pids = pids;
  }

  /// Returns the tasks that could be read within the limit.
  public static List<HangReport.Task> of(List<Long> pids, Duration limit)
      throws InterruptedException {
    TaskDump dump = new TaskDump(List.copyOf(pids));
    Thread reader = Thread.ofPlatform().daemon().name("task dump").start(dump::read);
    reader.join(limit.toMillis());
    return new ArrayList<>(dump.tasks);
  }

  private void read() {
    for (long pid : pids) {
      try (DirectoryStream<Path> directories =
          Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
        for (Path directory : directories) {
          tasks.add(task((int) pid, directory));
        }
      } catch (IOException e) {
        // The process ended while it was looked at.
      }
    }
  }

  private static HangReport.Task task(int pid, Path directory) {
    return new HangReport.Task(
        pid,
        Integer.parseInt(directory.getFileName().toString()),
        text(directory, "comm"),
        state(text(directory, "status")),
        text(directory, "wchan"),
        text(directory, "syscall"),
        text(directory, "stack"));
  }

  private static String state(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith("State:"))
        .map(line -> line.substring("State:".length()).strip())
        .findFirst()
        .orElse("?");
  }

  private static String text(Path directory, String name) {
    try {
      return new String(Files.readAllBytes(directory.resolve(name)), StandardCharsets.UTF_8)
          .strip();
    } catch (IOException e) {
      return "";
    }
  }
}
