package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.cases.fs.FaultFixture.Topic;
import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Mismatch;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.HangReport;
import io.github.storeproof.conformance.prober.Linux;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Observations;
import io.github.storeproof.conformance.prober.Prober;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.host.TaskDump;
import io.github.storeproof.conformance.prober.render.PseudoC;
import io.github.storeproof.conformance.store.Fault;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.NeedsFaults;
import io.github.storeproof.conformance.subject.Subject;
import java.time.Duration;
import java.util.List;

/// Signals to a thread that waits for the store. A timer, a profiler or a runtime sends them at any time, and the program goes on.
@NeedsFaults
@NeedsAnyFixture
public final class InterruptedCallCases {
  private static final Duration ASKED_WITHIN = Duration.ofSeconds(10);
  private static final Duration LISTED_WITHIN = Duration.ofSeconds(5);

  /// Time for the target to see the signal before its store answers.
  private static final Duration SEEN_WITHIN = Duration.ofSeconds(1);

  /// The name of the thread of a prober that makes the calls.
  private static final String SCRIPT_THREAD = "script";

  @Checks("ERR-5")
  void aSignalIsNoErrorOfTheStore(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    Trial before = new Trial();
    FaultyMount.wantRight(before, Topic.MAPPED, "sibling");
    mount.run("right", before);
    mount.faults().directory(mount.directory(Topic.MAPPED, "sub"), new Fault.Holds());
    Script waiting = Script.of(s -> s.lstat(FaultFixture.path(Topic.MAPPED, "sub", "file")));
    Prober reader = subject.newProber(mount.mount());
    try (Answer<Observations> looking =
        Answer.start(() ->
            subject.run(
                mount.mount(), reader, waiting, subject.patiently(StalledStoreCases.LIMIT)))) {
      if (mount.faults().awaitHeld(1, subject.patiently(ASKED_WITHIN))) {
        interrupt(subject, mount, reader);
        looking.await(SEEN_WITHIN);
      }
      mount.faults().release();
      judge(waiting, looking.value().at(0));
    } finally {
      mount.faults().clear();
    }
    mount.await(
        "one of its answers came late, and a signal came to who waited for it",
        trial -> {
          FaultyMount.wantRight(trial, Topic.MAPPED, "sub", "file");
          FaultyMount.wantRight(trial, Topic.MAPPED, "sub");
        });
  }

  /// The signal is one that a Java program takes and ignores.
  private static void interrupt(Subject subject, FaultyMount mount, Prober reader) {
    Script signals =
        Script.of(s ->
            threads(subject, reader)
                .forEach(thread ->
                    s.call(
                        "tgkill",
                        Arg.num(reader.pid()),
                        Arg.num(thread.tid()),
                        Arg.num(Linux.SIGPIPE, "SIGPIPE"))));
    if (!signals.calls().isEmpty()) {
      subject.run(mount.mount(), signals);
    }
  }

  private static List<HangReport.Task> threads(Subject subject, Prober reader) {
    try {
      return TaskDump.of(List.of(reader.pid()), subject.patiently(LISTED_WITHIN)).stream()
          .filter(task -> task.name().equals(SCRIPT_THREAD))
          .toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private static void judge(Script script, Observation look) {
    if (!look.ok() && !look.errno().equals(Errno.EINTR)) {
      throw new Mismatch(
              "the attributes, or EINTR, where a signal (SIGPIPE, taken by a handler) came to the"
                  + " thread that waited for the store, and the store answered then",
              PseudoC.render(look.call()) + " " + Allowed.outcome(look))
          .with(script)
          .hint(
              "The kernel sends FUSE_INTERRUPT: the server may go on, or answer EINTR to the"
                  + " request that was interrupted.");
    }
  }
}
