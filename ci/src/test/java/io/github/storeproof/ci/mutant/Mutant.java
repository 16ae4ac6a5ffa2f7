package io.github.storeproof.ci.mutant;

import io.github.storeproof.fuse.FuseOperations;
import java.util.function.UnaryOperator;

/// A filesystem with one fault, the rule that must fail on it, and what the failure must say. *Immutable.*
///
/// @param name what is broken, in words joined as a class name
/// @param rule the rule, or the case, that kills it
/// @param message a part of what the kit says was expected or observed
/// @param target how it is made
record Mutant(String name, String rule, String message, Target target) {

  /// How a mutant is made.
  sealed interface Target {}

  /// The reference with wrapped operations.
  ///
  /// @param wrapping makes the faulty operations of the right ones
  /// @param isRootListed whether the root can be listed
  /// @param threadCount request loops
  record Wrapped(UnaryOperator<FuseOperations> wrapping, boolean isRootListed, int threadCount)
      implements Target {}

  /// A command that mounts something else, as in a profile's `[mount]`.
  ///
  /// @param features lines for the profile's `[features]`
  record Command(String command, String features) implements Target {}

  /// A mutant of the reference whose root can be listed.
  static Mutant of(
      String name, String rule, String message, UnaryOperator<FuseOperations> wrapping) {
    return new Mutant(name, rule, message, new Wrapped(wrapping, true, 1));
  }

  /// A mutant of the reference whose root cannot be listed.
  static Mutant unlisted(
      String name, String rule, String message, UnaryOperator<FuseOperations> wrapping) {
    return new Mutant(name, rule, message, new Wrapped(wrapping, false, 1));
  }

  /// A mutant of the reference that answers several requests at a time.
  static Mutant threaded(
      String name, String rule, String message, UnaryOperator<FuseOperations> wrapping) {
    return new Mutant(name, rule, message, new Wrapped(wrapping, true, 4));
  }

  @Override
  public String toString() {
    return rule + " " + name;
  }
}
