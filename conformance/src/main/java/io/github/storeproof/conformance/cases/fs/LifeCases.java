package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.O_DIRECTORY;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.SIGKILL;
import static io.github.storeproof.conformance.prober.Linux.SIGTERM;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Mismatch;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Costs;
import io.github.storeproof.conformance.subject.Needs;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.Should;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.conformance.target.MountAttempt;
import io.github.storeproof.conformance.target.MountServer;
import io.github.storeproof.conformance.target.Obstacle;
import io.github.storeproof.conformance.target.OuterCommand;
import io.github.storeproof.conformance.target.TargetException;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.Tree;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The life of a mount: how it comes and goes, what happens when its server is asked to end or is killed, and what stands in
/// its way.
///
/// ```
/// life/large    4 MiB
/// life/small, life/never-seen, life/directory/{a,b,c}, life/link
/// ```
@NeedsAnyFixture
public final class LifeCases {
  private static final Duration END = Duration.ofSeconds(5);
  private static final Content LARGE = Content.random(7, 4 << 20);
  private static final int PAGE_BYTES = 4096;
  private static final int SETTLE_MILLIS = 100;
  private static final Fixture FIXTURE = fixture();
  private static final Allowed GONE = Allowed.errno(Errno.ENOTCONN, Errno.ECONNABORTED);

  private static Fixture fixture() {
    Tree directory =
        Tree.dir()
            .plain("a", Content.ofText("a"))
            .plain("b", Content.ofText("b"))
            .plain("c", Content.ofText("c"))
            .build();
    Tree tree =
        Tree.dir()
            .plain("large", LARGE)
            .plain("small", Content.ofText("small"))
            .plain("never-seen", Content.ofText("never seen"))
            .add("directory", directory)
            .add("link", Tree.link("small"))
            .build();
    return Fixture.of("life", "life", tree);
  }

  @Costs(2)
  @Checks("LIF-1")
  void aMountComesAndGoes(Subject subject) {
    LiveMount mount = subject.fresh(FIXTURE);
    complete(subject, mount);
    Optional<MountServer> server = mount.server();
    unmount(subject, mount);
    server.ifPresent(each -> ended(subject, each, "after the unmount", 0));
  }

  @Costs(2)
  @Checks("LIF-2")
  void callsAreErrorsOnceTheServerIsKilled(Subject subject) {
    LiveMount mount = subject.fresh(FIXTURE);
    long processId = server(subject, mount).pid();
    Trial trial = new Trial();
    Slot file = trial.calls().open(path("large"), O_RDONLY);
    trial.want(trial.calls().pread(file, 1, 0), Allowed.bytes(LARGE.slice(0, 1)));
    Slot directory = trial.calls().open(path("directory"), O_RDONLY | O_DIRECTORY);
    trial.want(directory, Allowed.success());
    trial.want(trial.calls().signalServer(processId, SIGKILL), Allowed.success());
    trial.calls().sleep(SETTLE_MILLIS);
    trial.want(trial.calls().lstat(path("never-seen")), GONE);
    trial.want(trial.calls().lstat(path("missing")), GONE);
    trial.want(trial.calls().open(path("never-seen"), O_RDONLY), GONE);
    // What is in the page cache, or in that of attributes and entries, may still be answered from
    // there.
    long last = LARGE.size() - PAGE_BYTES;
    trial.want(
        trial.calls().pread(file, PAGE_BYTES, last),
        GONE.or(Allowed.errno(Errno.EIO)).or(Allowed.bytes(LARGE.slice(last, PAGE_BYTES))));
    trial.want(trial.calls().fstat(file), GONE.or(Allowed.success()));
    trial.want(trial.calls().getdents(directory, PAGE_BYTES), GONE.or(Allowed.success()));
    trial.want(trial.calls().close(file), GONE.or(Allowed.success()));
    trial.runOnce(script -> subject.run(mount, script));
    unmount(subject, mount);
  }

  @Costs(2)
  @Checks("LIF-2")
  void aServerThatIsAskedToEndUnmounts(Subject subject) {
    LiveMount mount = subject.fresh(FIXTURE);
    MountServer server = server(subject, mount);
    complete(subject, mount);
    server.terminate();
    ended(subject, server, "after SIGTERM", null);
    requireUnmounted(mount, "nothing mounted after SIGTERM", server);
  }

  @Should
  @Costs(2)
  @Checks("LIF-2")
  void aServerThatIsAskedToEndUnmountsAlsoWhileAFileIsOpen(Subject subject) {
    LiveMount mount = subject.fresh(FIXTURE);
    MountServer server = server(subject, mount);
    Trial trial = new Trial();
    Slot file = trial.calls().open(path("large"), O_RDONLY);
    trial.want(file, Allowed.success());
    // It may wait for the file to be closed.
    trial.want(
        trial.calls().signalServer(server.pid(), SIGTERM, SETTLE_MILLIS * 3),
        Allowed.success().or(Allowed.errno(Errno.ETIMEDOUT)));
    trial.runOnce(script -> subject.run(mount, script));
    ended(subject, server, "after SIGTERM and the closing of the last file", null);
    requireUnmounted(mount, "nothing mounted after SIGTERM while a file was open", server);
  }

  @Costs(4)
  @Checks("LIF-3")
  @Needs("shared-store")
  void twoMountsOfAStoreAreEachComplete(Subject subject) {
    LiveMount first = subject.fresh(FIXTURE);
    LiveMount second = subject.again(first);
    complete(subject, first);
    complete(subject, second);
    complete(subject, first);
    Optional<MountServer> server = first.server();
    unmount(subject, first);
    server.ifPresent(each -> each.awaitEnd(subject.patiently(END)));
    Trial cold = new Trial();
    cold.calls().dropCaches();
    complete(subject, second, cold);
  }

  @Checks("LIF-4")
  void aMountPointThatIsAFileIsRefused(Subject subject) {
    refused(subject, Obstacle.MOUNT_POINT_IS_A_FILE);
  }

  @Checks("LIF-4")
  void aMissingMountPointIsRefused(Subject subject) {
    refused(subject, Obstacle.NO_MOUNT_POINT);
  }

  @Checks("LIF-4")
  void aSocketThatNobodyListensOnIsReplacedOrRefused(Subject subject) {
    MountAttempt attempt = subject.attempt(FIXTURE, Obstacle.STALE_SOCKET);
    if (!attempt.mounted()) {
      requireRefusal(Obstacle.STALE_SOCKET, attempt);
    }
  }

  private static void refused(Subject subject, Obstacle obstacle) {
    requireRefusal(obstacle, subject.attempt(FIXTURE, obstacle));
  }

  private static void requireRefusal(Obstacle obstacle, MountAttempt attempt) {
    boolean failed = attempt.exit().isPresent() && attempt.exit().getAsInt() != 0;
    if (!failed || attempt.mounted() || attempt.output().isBlank()) {
      throw new Mismatch(
          "a mount command that meets "
              + obstacle.words()
              + " says why it fails, ends with an exit status that is not 0, and leaves nothing mounted",
          attempt.toString());
    }
  }

  private static String path(String name) {
    return FIXTURE.root("life").basename() + "/" + name;
  }

  private static MountServer server(Subject subject, LiveMount mount) {
    Optional<MountServer> server = mount.server();
    if (server.isEmpty()) {
      subject.skip(
          "the mount command does not stay (foreground = false): there is no server to end");
    }
    return server.orElseThrow();
  }

  private static void complete(Subject subject, LiveMount mount) {
    complete(subject, mount, new Trial());
  }

  private static void complete(Subject subject, LiveMount mount, Trial trial) {
    FIXTURE.walk().forEach(entry -> WholeNode.want(trial, entry));
    trial.run(script -> subject.run(mount, script));
  }

  private static void unmount(Subject subject, LiveMount mount) {
    Duration limit = subject.patiently(END);
    String wanted = "the unmount command ends with 0 within " + limit.toSeconds() + " s";
    try {
      OuterCommand command = mount.unmount(limit);
      if (!command.ok()) {
        throw new Mismatch(wanted, "exit " + command.exit() + ": " + command.output());
      }
    } catch (TargetException e) {
      throw new Mismatch(wanted, String.valueOf(e.getMessage()));
    }
    if (mount.mounted()) {
      throw new Mismatch("nothing mounted after the unmount command", mount.diagnosis());
    }
  }

  /// Waits for the end of the server, with an exit status where one is wanted.
  private static void ended(
      Subject subject, MountServer server, String when, @Nullable Integer status) {
    Duration limit = subject.patiently(END);
    String wanted =
        "the server ends"
            + (status == null ? "" : " with " + status)
            + " within "
            + limit.toSeconds()
            + " s "
            + when;
    OptionalInt exit = server.awaitEnd(limit);
    if (exit.isEmpty()) {
      List<Long> left = server.pids();
      throw new Mismatch(wanted, "processes " + left + " still run" + server.lastLines());
    }
    if (status != null && exit.getAsInt() != status) {
      throw new Mismatch(wanted, "exit " + exit.getAsInt() + server.lastLines());
    }
  }

  private static void requireUnmounted(LiveMount mount, String wanted, MountServer server) {
    if (mount.mounted()) {
      throw new Mismatch(wanted, "it is still mounted" + server.lastLines())
          .hint(
              "A mount without its server answers every call with ENOTCONN until it is unmounted by hand.");
    }
  }
}
