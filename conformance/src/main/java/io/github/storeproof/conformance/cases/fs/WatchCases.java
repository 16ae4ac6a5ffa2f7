package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Errno.EAGAIN;
import static io.github.storeproof.conformance.prober.Errno.EPERM;
import static io.github.storeproof.conformance.prober.Linux.IN_ACCESS;
import static io.github.storeproof.conformance.prober.Linux.IN_ALL_EVENTS;
import static io.github.storeproof.conformance.prober.Linux.IN_DONT_FOLLOW;
import static io.github.storeproof.conformance.prober.Linux.IN_OPEN;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.POLLERR;
import static io.github.storeproof.conformance.prober.Linux.POLLHUP;
import static io.github.storeproof.conformance.prober.Linux.POLLIN;
import static io.github.storeproof.conformance.prober.Linux.POLLNVAL;
import static io.github.storeproof.conformance.prober.Linux.POLLOUT;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/// inotify, poll, select and epoll: event loops that are handed a file.
public final class WatchCases {
  private static final int EVENTS_BYTES = 4096;
  private static final int EVENT_HEADER_BYTES = 16;
  private static final int LOW_DESCRIPTOR = 900;

  @Checks("NTF-1")
  void watchesAreTakenOnEveryKindOfNode(Subject subject) {
    Trial trial = new Trial();
    Slot inotify = trial.calls().inotify();
    for (FixtureEntry entry : Nodes.oneOfEachKind(subject)) {
      trial.want(
          trial
              .calls()
              .inotifyAddWatch(
                  inotify, Arg.path(entry.pathBytes()), IN_ALL_EVENTS | IN_DONT_FOLLOW),
          Allowed.success());
    }
    trial.want(
        trial.calls().inotifyAddWatch(inotify, Arg.path(new byte[0]), IN_ALL_EVENTS),
        Allowed.success());
    Trials.run(subject, trial);
  }

  @Checks("NTF-1")
  void aWatchSeesTheFileOpenedAndRead(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry file : files(subject)) {
      Slot inotify = trial.calls().inotify();
      Slot watch =
          trial.calls().inotifyAddWatch(inotify, Arg.path(file.pathBytes()), IN_OPEN | IN_ACCESS);
      trial.want(trial.calls().read(inotify, EVENTS_BYTES), Allowed.errno(EAGAIN));
      Slot fd = trial.calls().open(file.pathBytes(), O_RDONLY);
      Slot read = trial.calls().read(fd, 1);
      Slot events = trial.calls().read(inotify, EVENTS_BYTES);
      trial.want(
          "events IN_OPEN and IN_ACCESS", List.of(watch, fd, read, events), WatchCases::lostEvents);
      trial.calls().close(fd);
      trial.calls().close(inotify);
    }
    Trials.run(subject, trial);
  }

  @Checks("NTF-1")
  void filesAreReadyAtOnce(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : nodes(subject)) {
      Slot fd = trial.calls().open(entry.pathBytes(), O_RDONLY);
      for (int count = 0; count < 2; count++) {
        wantReady(trial, trial.calls().poll(fd, POLLIN, 1_000));
        wantReady(trial, trial.calls().poll(fd, POLLIN | POLLOUT, 0));
        trial.calls().call("lseek", fd, Arg.num(0), Arg.num(2, "SEEK_END"));
      }
      trial.calls().close(fd);
    }
    Trials.run(subject, trial);
  }

  @Checks("NTF-1")
  void selectFindsThemReady(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : nodes(subject)) {
      Slot fd = trial.calls().open(entry.pathBytes(), O_RDONLY);
      Slot low = trial.calls().dup3(fd, Arg.num(LOW_DESCRIPTOR), 0);
      trial.want(
          "the file ready for reading",
          List.of(low, trial.calls().select(LOW_DESCRIPTOR, 1_000)),
          o ->
              o.getLast().result() == 1
                  ? Optional.empty()
                  : Optional.of(Allowed.outcome(o.getLast())));
      trial.calls().close(low);
      trial.calls().close(fd);
    }
    Trials.run(subject, trial);
  }

  @Checks("NTF-1")
  void epollRefusesThemOrFindsThemReady(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : nodes(subject)) {
      Slot epoll = trial.calls().epoll();
      Slot fd = trial.calls().open(entry.pathBytes(), O_RDONLY);
      Slot added = trial.calls().epollAdd(epoll, fd, POLLIN);
      trial.want(added, Allowed.result(0).or(Allowed.errno(EPERM)));
      Slot waited = trial.calls().epollWait(epoll, 0);
      trial.want(
          "EPOLLIN, where the file was added",
          List.of(added, waited),
          o ->
              o.getFirst().ok()
                  ? notReady(o.getLast(), firstInt(o.getLast(), 0))
                  : Optional.empty());
      trial.calls().close(fd);
      trial.calls().close(epoll);
    }
    Trials.run(subject, trial);
  }

  private static void wantReady(Trial trial, Slot poll) {
    trial.want(
        poll,
        "POLLIN, and neither POLLERR nor POLLHUP",
        o -> o.ok() ? notReady(o, o.pollEvents()) : Optional.of(Allowed.outcome(o)));
  }

  private static Optional<String> notReady(Observation o, int events) {
    if (o.result() != 1) {
      return Optional.of(o.ok() ? "not ready, result " + o.result() : Allowed.outcome(o));
    }
    return (events & POLLIN) != 0 && (events & (POLLERR | POLLHUP | POLLNVAL)) == 0
        ? Optional.empty()
        : Optional.of("events 0x%x".formatted(events));
  }

  private static Optional<String> lostEvents(List<Observation> observed) {
    Observation events = observed.getLast();
    if (!events.ok()) {
      return Optional.of(Allowed.outcome(events));
    }
    int seen = 0;
    int at = 0;
    while (at + EVENT_HEADER_BYTES <= events.bytes().length) {
      seen |= firstInt(events, at + 4);
      at += EVENT_HEADER_BYTES + firstInt(events, at + 12);
    }
    return (seen & IN_OPEN) != 0 && (seen & IN_ACCESS) != 0
        ? Optional.empty()
        : Optional.of("events 0x%x".formatted(seen));
  }

  private static int firstInt(Observation o, int offset) {
    return o.bytes().length < offset + Integer.BYTES
        ? 0
        : ByteBuffer.wrap(o.bytes()).order(ByteOrder.nativeOrder()).getInt(offset);
  }

  private static List<FixtureEntry> nodes(Subject subject) {
    return Nodes.oneOfEachKind(subject).stream()
        .filter(entry -> !(entry.tree() instanceof Tree.Link))
        .toList();
  }

  private static List<FixtureEntry> files(Subject subject) {
    return Nodes.sampleOfFiles(subject, 200).stream()
        .filter(file -> Files.content(file).size() > 0)
        .limit(8)
        .toList();
  }
}
