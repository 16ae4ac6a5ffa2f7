package io.github.storeproof.conformance.oracle;

import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Escapes;
import io.github.storeproof.conformance.prober.Observation;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The set of answers to one call that correct filesystems give. *Immutable.*
///
/// @param words the whole set, in words
/// @param holds whether an answer is in it
/// @param seen what to say of an answer that is not
public record Allowed(
    String words, Predicate<Observation> holds, Function<Observation, String> seen) {
  /// How much of a buffer a message shows.
  private static final int SHOWN_BYTES = 48;

  /// A set given by a predicate, whose strays are described by result and errno.
  public static Allowed that(String words, Predicate<Observation> holds) {
    return new Allowed(words, holds, Allowed::outcome);
  }

  /// Any result that is no error.
  public static Allowed success() {
    return that("success", o -> o.result() >= 0);
  }

  /// This result.
  public static Allowed result(long value) {
    return that("result " + value, o -> o.result() == value);
  }

  /// A failure with one of these errors.
  public static Allowed errno(Errno... allowed) {
    String names = Arrays.stream(allowed).map(Errno::name).collect(Collectors.joining(" or "));
    return that(names, o -> o.result() < 0 && Arrays.asList(allowed).contains(o.errno()));
  }

  /// A call that fills its buffer with exactly these bytes.
  public static Allowed bytes(byte[] expected) {
    return new Allowed(
        expected.length + " bytes " + Escapes.quote(expected, SHOWN_BYTES),
        o -> o.result() == expected.length && Arrays.equals(o.bytes(), expected),
        o -> o.result() < 0 ? outcome(o) : difference(expected, o.bytes()));
  }

  /// The answers of this set and of another.
  public Allowed or(Allowed other) {
    return new Allowed(words + " or " + other.words, holds.or(other.holds), seen);
  }

  /// The same set, whose strays are described by the given function.
  public Allowed seenAs(Function<Observation, String> description) {
    return new Allowed(words, holds, description);
  }

  /// Result or errno, as a message shows it.
  public static String outcome(Observation observation) {
    return observation.result() < 0 ? observation.errno().name() : "result " + observation.result();
  }

  /// Where two byte strings differ first, and how.
  public static String difference(byte[] expected, byte[] observed) {
    int at = Arrays.mismatch(expected, observed);
    if (at < 0) {
      return observed.length + " bytes, as expected";
    }
    String from = " from byte " + at + ": " + Escapes.quote(tail(observed, at), SHOWN_BYTES / 2);
    String want = ", want " + Escapes.quote(tail(expected, at), SHOWN_BYTES / 2);
    return observed.length + " bytes, different" + from + want;
  }

  private static byte[] tail(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, Math.min(from, bytes.length), bytes.length);
  }
}
