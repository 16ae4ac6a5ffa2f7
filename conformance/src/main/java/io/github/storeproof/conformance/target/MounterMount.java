package io.github.storeproof.conformance.target;

import io.github.storeproof.fixtures.Fixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A mount that a [Mounter] made. Foreign code runs on threads of its own, so that it can hang without the kit. *Thread-safe.*
final class MounterMount implements LiveMount {
  private static final Duration UNMOUNT_LIMIT = Duration.ofSeconds(5);
  private static final int FAILED = 1;
  private static final int TIME_OVER = 124;

  private final MounterTarget target;
  private final Fixture fixture;
  private final Path tree;
  private final Path point;
  private final Mounter mounter;
  private @Nullable FutureTask<Void> mounting;
  private MountTable.@Nullable Entry mounted;
  private boolean unmounted;
  private boolean closed;

  MounterMount(MounterTarget target, Fixture fixture, Path tree, Path point, Mounter mounter) {
    this.target = target;
    this.fixture = fixture;
    this.tree = tree;
    this.point = point;
    this.mounter = mounter;
  }

  /// Mounts and waits until the fixture is there.
  synchronized void open(Duration deadline) throws TargetException {
    long end = System.nanoTime() + deadline.toNanos();
    FutureTask<Void> task =
        started(
            "mount",
            () -> {
              mounter.mount(tree, point);
              return null;
            });
    mounting = task;
    mounted = awaitMount(task, deadline, end);
    Preflight.require(
        fixture, root(), () -> failure(task), Duration.ofNanos(end - System.nanoTime()));
  }

  private MountTable.Entry awaitMount(FutureTask<Void> task, Duration deadline, long end)
      throws TargetException {
    while (true) {
      Optional<String> failure = failure(task);
      if (failure.isPresent()) {
        throw new TargetException(failure.get());
      }
      Optional<MountTable.Entry> entry = MountTable.read().at(root());
      if (entry.isPresent()) {
        return entry.get();
      }
      if (System.nanoTime() > end) {
        throw new TargetException(
            "nothing is mounted on "
                + point
                + " after "
                + CommandProcess.seconds(deadline)
                + ", and mount(…) has "
                + (task.isDone() ? "returned" : "not returned"));
      }
      ProfileMount.pause();
    }
  }

  private static Optional<String> failure(FutureTask<Void> task) {
    return task.state() == FutureTask.State.FAILED
        ? Optional.of("mount(…) threw " + task.exceptionNow())
        : Optional.empty();
  }

  private FutureTask<Void> started(String what, Callable<Void> action) {
    FutureTask<Void> task = new FutureTask<>(action);
    Thread.ofPlatform().daemon().name("storeproof-" + what + " " + point.getFileName()).start(task);
    return task;
  }

  @Override
  public byte[] root() {
    return point.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Fixture fixture() {
    return fixture;
  }

  /// The server is known to its [Mounter] only.
  @Override
  public OptionalLong serverPid() {
    return OptionalLong.empty();
  }

  @Override
  public synchronized String diagnosis() {
    String state = mounted() ? "it is still mounted" : "it is no longer mounted";
    return mounting == null
        ? state
        : failure(mounting).map(thrown -> state + "; " + thrown).orElse(state);
  }

  @Override
  public synchronized boolean healthy() {
    return !closed && mounted() && (mounting == null || failure(mounting).isEmpty());
  }

  @Override
  public boolean mounted() {
    return MountTable.read().at(root()).isPresent();
  }

  @Override
  public boolean refreshable() {
    return false;
  }

  @Override
  public void refresh(Fixture additional) throws TargetException {
    throw new TargetException("a Mounter cannot add paths to a mounted store");
  }

  @Override
  public LiveMount again(Duration deadline) throws TargetException {
    return target.open(fixture, tree, deadline);
  }

  @Override
  public synchronized OuterCommand unmount(Duration limit) {
    unmounted = true;
    FutureTask<Void> task =
        started(
            "unmount",
            () -> {
              mounter.unmount(point);
              return null;
            });
    try {
      task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return new OuterCommand(0, "");
    } catch (ExecutionException e) {
      return new OuterCommand(FAILED, "unmount(…) threw " + e.getCause());
    } catch (TimeoutException e) {
      return new OuterCommand(
          TIME_OVER, "unmount(…) has not returned after " + CommandProcess.seconds(limit));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new OuterCommand(TIME_OVER, "interrupted");
    }
  }

  @Override
  public synchronized void abort() {
    if (mounted != null && mounted.isFuse() && mounted()) {
      FuseConnection.abort(mounted.minor());
    }
    if (mounted()) {
      FuseConnection.unmountLazily(point);
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (!unmounted && mounting != null) {
      unmount(UNMOUNT_LIMIT);
    }
    abort();
    if (mounting != null) {
      mounting.cancel(true);
    }
    removeMountPoint();
    target.closed(this);
  }

  private void removeMountPoint() {
    try {
      Files.deleteIfExists(point);
    } catch (IOException e) {
      // The sweeper removes what is left.
      System.getLogger(MounterMount.class.getName())
          .log(System.Logger.Level.DEBUG, point + " stays", e);
    }
  }
}
