package io.github.storeproof.conformance.oracle;

import io.github.storeproof.conformance.prober.Call;
import io.github.storeproof.conformance.prober.Machine;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.ThreadRounds;
import io.github.storeproof.conformance.prober.wire.Dirent;
import io.github.storeproof.conformance.prober.wire.Stat;
import io.github.storeproof.conformance.prober.wire.Statx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Reads the structures in an answer, and makes sets of answers from conditions on them. The prober runs on the machine of
/// the kit, so their layouts are the same.
public final class Decoded {
  private Decoded() {}

  /// The attributes that stat, lstat or fstat gave.
  ///
  /// @throws IllegalStateException when the call failed
  public static Stat stat(Observation observation) {
    if (!observation.ok()) {
      throw new IllegalStateException("no attributes: the call failed: " + observation);
    }
    return Stat.decode(observation.bytes(), Machine.current());
  }

  /// The attributes by any call that gives some: stat, lstat, fstat or statx.
  public static Stat attributes(Observation observation) {
    boolean statx =
        observation.call() instanceof Call.Syscall(String name, _) && name.equals("statx");
    return statx ? ofStatx(Statx.decode(observation.bytes())) : stat(observation);
  }

  private static Stat ofStatx(Statx all) {
    return new Stat(
        all.dev(),
        all.ino(),
        all.mode(),
        all.nlink(),
        all.uid(),
        all.gid(),
        0,
        all.size(),
        all.blksize(),
        all.blocks(),
        all.atime(),
        all.mtime(),
        all.ctime());
  }

  /// The entries that a listing gave, `.` and `..` included.
  public static List<Dirent> dirents(Observation observation) {
    List<Dirent> all = new ArrayList<>();
    observation.outs().forEach(block -> all.addAll(Dirent.decodeAll(block.toArray())));
    return all;
  }

  /// A stat that succeeds and whose attributes meet a condition.
  ///
  /// @param words what is allowed, such as `st_size 17`
  /// @param shown how a failure shows the attributes
  public static Allowed stat(String words, Predicate<Stat> holds, Function<Stat, String> shown) {
    return new Allowed(
        words,
        o -> o.ok() && holds.test(stat(o)),
        o -> o.ok() ? shown.apply(stat(o)) : Allowed.outcome(o));
  }

  /// What is wrong when one of the answers is an error; empty when none is.
  public static Optional<String> firstError(List<Observation> observed) {
    return observed.stream().filter(o -> !o.ok()).findFirst().map(Decoded::failure);
  }

  /// What is wrong when a call of one of several threads failed; empty when none did.
  public static Optional<String> firstError(ThreadRounds rounds) {
    return rounds.distinct().stream()
        .flatMap(round -> firstError(round.calls()).stream())
        .findFirst();
  }

  private static String failure(Observation observation) {
    String name =
        observation.call() instanceof Call.Syscall(String syscall, _)
            ? syscall
            : observation.call().getClass().getSimpleName();
    return name + " failed with " + observation.errno().name();
  }
}
