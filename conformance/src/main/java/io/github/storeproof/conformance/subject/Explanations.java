package io.github.storeproof.conformance.subject;

import io.github.storeproof.conformance.oracle.Closure;
import io.github.storeproof.conformance.oracle.Mismatch;
import io.github.storeproof.conformance.prober.HangReport;
import io.github.storeproof.conformance.prober.ProberDied;
import io.github.storeproof.conformance.prober.ProberHung;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.target.LiveMount;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/// Says what is known when a script does not come to its end. *Immutable.*
final class Explanations {
  private Explanations() {}

  /// A call did not return. To be asked before the mount is given up.
  static Mismatch hung(ProberHung hung, Script script, LiveMount mount, Duration deadline) {
    HangReport report = onlyTheCalls(hung.report());
    Script needed = needed(script, report);
    return new Mismatch(
            report.isMoving()
                ? "all calls of the script are done within " + seconds(report.deadline())
                : "every call of the script returns within " + seconds(deadline),
            report.details().strip()
                + "\nthe mount: "
                + mount.diagnosis()
                + ServerTasks.of(mount)
                + left(script.calls().size(), needed.calls().size()))
        .with(needed)
        .hint(
            "The server did not answer a request of the kernel: a lock that is held, a reply that"
                + " is lost, a loop, or a store that never answers. The kernel stack above says"
                + " which request it was.");
  }

  /// The tasks that make the calls, and those that not even a signal wakes; the others are the
  /// prober's own affairs.
  private static HangReport onlyTheCalls(HangReport report) {
    List<HangReport.Task> tasks =
        report.tasks().stream()
            .filter(task -> isInACall(task, report) || task.state().startsWith("D"))
            .toList();
    return tasks.isEmpty()
        ? report
        : new HangReport(
            report.deadline(), report.isMoving(), report.positions(), tasks, report.stderrTail());
  }

  private static boolean isInACall(HangReport.Task task, HangReport report) {
    return report.positions().stream().anyMatch(position -> position.tid() == task.tid());
  }

  /// The calls that hang, and those whose results they use.
  private static Script needed(Script script, HangReport report) {
    BitSet hanging = new BitSet();
    report.positions().stream()
        .flatMap(position -> position.path().stream().limit(1))
        .filter(index -> index < script.calls().size())
        .forEach(hanging::set);
    return hanging.isEmpty() ? script : script.keeping(Closure.of(script, hanging));
  }

  private static String left(int all, int kept) {
    return kept == all
        ? ""
        : "\n(the script below has " + kept + " of the " + all + " calls that were made)";
  }

  /// The prober ended in the middle of a script. To be asked before the mount is given up.
  static Mismatch died(ProberDied died, Script script, LiveMount mount) {
    return new Mismatch(
            "the process that makes the calls lives on",
            died.getMessage() + "\nthe mount: " + mount.diagnosis())
        .with(script)
        .hint("A page of a mapped file that cannot be read ends its reader by SIGBUS (signal 7).");
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
