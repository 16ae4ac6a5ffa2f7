package io.github.storeproof.ci.mutant;

import io.github.storeproof.castorefs.Stores;
import io.github.storeproof.ci.faulty.Fault;
import io.github.storeproof.ci.faultystore.StoreFault;
import io.github.storeproof.conformance.report.CaseResult;
import io.github.storeproof.conformance.report.Verdict;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.store.remote.RemoteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// A filesystem with one fault, the rule that must fail on it, and what the failure must say. *Immutable.*
///
/// @param name what is broken, in words joined as a class name
/// @param rule the rule, or the case, that kills it
/// @param message a part of what the kit says was expected or observed
/// @param target how it is made
record Mutant(String name, String rule, String message, Target target) {

  /// What the kit says of a call that is never answered. A mutant with this message is judged with short deadlines.
  static final String NO_ANSWER = "every call of the script returns within";

  private static final Pattern ERRNO =
      Pattern.compile("\\b(eio|enoent|enosys|einval|enotdir|erofs|estale|eacces|eperm|ebadf)\\b");

  /// How a mutant is made.
  sealed interface Target {}

  /// The reference with wrapped operations.
  ///
  /// @param wrapping makes the faulty operations of the right ones
  /// @param isRootListed whether the root can be listed
  /// @param threadCount request loops
  /// @param isApart whether it is served by a process of its own, which may hang, die and be watched; the others are
  ///     served by the JVM of the tests, which takes some milliseconds
  record Wrapped(
      UnaryOperator<FuseOperations> wrapping,
      boolean isRootListed,
      int threadCount,
      boolean isApart)
      implements Target {
    /// Served by the JVM of the tests.
    Wrapped(UnaryOperator<FuseOperations> wrapping, boolean isRootListed, int threadCount) {
      this(wrapping, isRootListed, threadCount, false);
    }
  }

  /// The reference with other services between the filesystem and a store that the kit has faults for.
  ///
  /// @param storing makes the faulty services of the right ones
  /// @param wrapping makes the faulty operations of the right ones
  /// @param deadline of each question to the store
  record Stored(Storing storing, UnaryOperator<FuseOperations> wrapping, Duration deadline)
      implements Target {}

  /// Makes services of the right ones.
  @FunctionalInterface
  interface Storing {
    /// The services as they are.
    Storing RIGHT = (right, remote) -> right;

    Stores of(Stores right, RemoteStore remote);
  }

  /// A command that mounts something else, as in a profile's `[mount]`.
  ///
  /// @param features lines for the profile's `[features]`
  record Command(String command, String features) implements Target {}

  /// A shell command that stays and starts the right reference in some wrong way.
  ///
  /// @param command as in a profile's `[mount]`; `{server}` is the command that serves `{tree}` at `{mount}`
  record Shell(String command) implements Target {}

  /// Operations that are not those of the reference, over a directory of store paths; served by a process of their own.
  ///
  /// @param features lines for the profile's `[features]`
  record Own(Function<Path, FuseOperations> operations, String features) implements Target {}

  /// The stand-alone filesystem with a fault.
  record Faulty(Fault fault) implements Target {}

  /// The stand-alone store with a fault, judged over the wire.
  record Store(StoreFault fault) implements Target {}

  /// The reference, with another reader of archives.
  ///
  /// @param reader makes one for each run of the command
  record Archives(Supplier<ArchiveMutants.Reader> reader) implements Target {}

  /// A fault of the stand-alone store.
  static Mutant of(StoreFault fault) {
    return new Mutant(fault.words(), fault.rule(), fault.message(), new Store(fault));
  }

  /// A fault of the stand-alone filesystem.
  static Mutant of(Fault fault) {
    return new Mutant(fault.name(), fault.rule(), fault.message(), new Faulty(fault));
  }

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

  /// The same in a process of its own: for servers that hang or die, and for rules that watch the process.
  Mutant apart() {
    return switch (target) {
      case Command _, Shell _, Own _, Stored _, Faulty _, Store _, Archives _ -> this;
      case Wrapped(var wrapping, boolean listed, int threads, _) ->
          new Mutant(name, rule, message, new Wrapped(wrapping, listed, threads, true));
    };
  }

  /// The rule that kills it.
  String ruleId() {
    return rule.split("/", 2)[0];
  }

  /// What is wrong with it, as a sentence: the words of its name.
  String sentence() {
    String words =
        name.replaceAll("(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
            .toLowerCase(Locale.ROOT)
            .replace(" ki b", " KiB")
            .replace(" mi b", " MiB")
            .replaceAll("\\butf ?8\\b", "UTF-8");
    String sentence = ERRNO.matcher(words).replaceAll(it -> it.group().toUpperCase(Locale.ROOT));
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1) + '.';
  }

  /// The cases that judge it, as `check --rules` takes them.
  String cases() {
    return rule.contains("/") ? rule : rule + "/*";
  }

  /// Whether the kit says of a case what it must say of this mutant.
  boolean isKilledBy(CaseResult result) {
    return result.verdict() == Verdict.FAILED
        && result.mismatch().map(Object::toString).orElse("").contains(message);
  }

  @Override
  public String toString() {
    return rule + " " + name;
  }
}
