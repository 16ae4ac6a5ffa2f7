package io.github.storeproof.conformance.target;

import io.github.storeproof.fixtures.Fixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

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

  /// Where its trees and images are; empty when it keeps none.
  Optional<Path> files();

  /// Whether [#start] can be called with fixtures of the caller's choice.
  boolean takesAnyFixture();

  /// Whether paths can be added to what [#start] shows.
  boolean canRefresh();

  /// Ends all mounts and processes that are still there, and removes what was written.
  @Override
  void close();
}
