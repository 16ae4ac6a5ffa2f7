package io.github.storeproof.conformance.subject;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// What the user chose for a run. *Immutable.*
///
/// @param seed what all random choices come from
/// @param tries how often a property is tried; empty for what each case thinks right
/// @param patience how much longer than usual everything may take
/// @param timeLimit after which no further case starts
/// @param shrinking how long the whole run may make failures smaller, before patience
public record RunSettings(
    long seed,
    OptionalInt tries,
    double patience,
    Optional<Duration> timeLimit,
    Duration shrinking) {
  private static final Duration SHRINKING = Duration.ofSeconds(25);
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Duration MOUNT_DEADLINE = Duration.ofSeconds(30);

  public RunSettings {
    if (!(patience > 0 && patience <= 1000)) {
      throw new IllegalArgumentException(
          "patience is " + patience + ", want more than 0 and at most 1000");
    }
  }

  /// With the usual time for making failures smaller.
  public RunSettings(long seed, OptionalInt tries, double patience, Optional<Duration> timeLimit) {
    this(seed, tries, patience, timeLimit, SHRINKING);
  }

  /// The settings of a run that nobody chose anything for.
  public static RunSettings ofSeed(long seed) {
    return new RunSettings(seed, OptionalInt.empty(), 1, Optional.empty());
  }

  /// The same with another time for making failures smaller.
  public RunSettings withShrinking(Duration limit) {
    return new RunSettings(seed, tries, patience, timeLimit, limit);
  }

  /// The longest time for one script.
  public Duration deadline() {
    return patiently(DEADLINE);
  }

  /// The longest time for a mount to come.
  public Duration mountDeadline() {
    return patiently(MOUNT_DEADLINE);
  }

  /// A time for a patient user.
  public Duration patiently(Duration usual) {
    return Duration.ofMillis(Math.round(usual.toMillis() * patience));
  }
}
