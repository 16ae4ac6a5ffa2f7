package io.github.storeproof.conformance.target;

import io.github.storeproof.conformance.store.Faults;
import io.github.storeproof.fixtures.Fixture;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// A fixture that is being shown. *Thread-safe.*
public interface LiveMount extends AutoCloseable {
  /// The directory in which the store paths appear, as bytes, absolute. For the prober only: the
  /// kit itself never touches it.
  byte[] root();

  /// The directory that it is mounted on, as bytes, absolute: that of [#root()] or one above it.
  default byte[] mountPoint() {
    return root();
  }

  /// What it shows.
  Fixture fixture();

  /// The process that serves it, when the kit started it and it is still known.
  OptionalLong serverPid();

  /// What can be said of the mount and its process without touching the mount: is it mounted, is
  /// the process alive, with what did it end, its last lines on stderr.
  String diagnosis();

  /// Whether the mount is there and its process runs, as far as that can be told without touching
  /// it.
  boolean healthy();

  /// Whether paths can be added while it is mounted.
  boolean refreshable();

  /// Adds the paths of another fixture to the store that is shown, without a remount.
  ///
  /// @throws TargetException when the target has no way to do it, or its command fails
  void refresh(Fixture additional) throws TargetException;

  /// The processes of the mount command, while it stays; empty when it does not stay or has ended.
  default Optional<MountServer> server() {
    return Optional.empty();
  }

  /// Whether something is mounted there.
  default boolean mounted() {
    return healthy();
  }

  /// The faults of the store behind it; empty where there is none, or the mount does not ask it
  /// through the kit's proxy.
  default Optional<Faults> faults() {
    return Optional.empty();
  }

  /// Unmounts by the command of the profile; the server is left to end by itself.
  ///
  /// @return what that command did
  /// @throws TargetException when the kit did not mount it
  default OuterCommand unmount(Duration limit) throws TargetException {
    throw new TargetException("the kit has not mounted it, so its owner unmounts it");
  }

  /// Mounts the same store once more, beside this mount; its closing is the caller's.
  ///
  /// @throws TargetException when that does not work within the deadline
  default LiveMount again(Duration deadline) throws TargetException {
    throw new TargetException("the kit has not mounted it, so it cannot mount it again");
  }

  /// Frees every call that hangs in it: aborts the FUSE connection, kills the process group,
  /// unmounts lazily. Never hangs.
  void abort();

  /// Unmounts and stops the process; falls back on [#abort()]. Never hangs, and is harmless when
  /// repeated.
  @Override
  void close();
}
