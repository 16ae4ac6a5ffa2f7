package io.github.storeproof.conformance.target;

import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.RawBytes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// Something that shows a fixture as a filesystem. *Thread-safe.*
public interface Target extends AutoCloseable {
  /// A short name for reports, such as `squashfuse`.
  String name();

  /// `mount` or `grpc`.
  String kind();

  /// What it claims.
  Features features();

  /// What is known to fail: `RULE[/case-glob]` to the reason.
  Map<String, String> knownFailures();

  /// The fixture that most cases look at.
  ///
  /// @param seed the seed of a generated one; a target that is already mounted has its own and does
  ///   not look at it
  Fixture standardFixture(long seed);

  /// Shows a fixture and waits until it is there.
  ///
  /// @param deadline the longest time from the start to the first successful look
  /// @throws TargetException when it cannot be shown; nothing is left behind
  LiveMount start(Fixture fixture, Duration deadline) throws TargetException;

  /// Serves stores that have nothing of the kit's yet, or connects to those that run.
  ///
  /// @param deadline the longest time from the start to the first answer
  /// @throws TargetException when they do not answer; nothing is left behind
  default LiveStore serve(Duration deadline) throws TargetException {
    throw new TargetException("target " + name() + " is a mount and no store service");
  }

  /// Whether its mount command can meet an obstacle at all.
  default boolean meets(Obstacle obstacle) {
    return false;
  }

  /// Tries to show a fixture where an obstacle is, and cleans up whatever comes of it.
  ///
  /// @param limit the longest time for the mount command to end, or for a mount to come
  /// @throws TargetException when the attempt cannot be made
  default MountAttempt attempt(Fixture fixture, Obstacle obstacle, Duration limit)
      throws TargetException {
    throw new TargetException("the kit does not mount it");
  }

  /// Where its trees and images are; empty when it keeps none.
  Optional<Path> files();

  /// Whether [#start] can be called with fixtures of the caller's choice.
  boolean takesAnyFixture();

  /// Whether paths can be added to what [#start] shows.
  boolean canRefresh();

  /// Whether there is a store behind its mounts, with faults to switch on: see [LiveMount#faults].
  default boolean hasFaults() {
    return false;
  }

  /// Whether it can be given archives: see [#copyArchives].
  default boolean readsArchives() {
    return false;
  }

  /// Has it read archives (NARs), and write again what it has understood.
  ///
  /// @param archives by their names, which end in `.nar`
  /// @param limit the longest time for all of them
  /// @throws TargetException when they cannot be given to it
  default ArchiveCopies copyArchives(SortedMap<String, RawBytes> archives, Duration limit)
      throws TargetException {
    throw new TargetException("target " + name() + " takes no archives");
  }

  /// Ends all mounts and processes that are still there, and removes what was written.
  @Override
  void close();
}
