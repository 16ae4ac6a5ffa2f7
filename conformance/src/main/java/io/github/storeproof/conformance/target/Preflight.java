package io.github.storeproof.conformance.target;

import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.model.StorePath;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A first look at a mount: is anything of the fixture there at all? A filesystem that is merely
/// wrong goes on to be judged; one that shows nothing of the fixture is another tree or an empty
/// one, and no verdict on it would mean anything. It looks names up and lists nothing, by a process
/// of its own. *Immutable.*
final class Preflight {
  private static final int NAMES = 200;
  private static final Duration GRACE = Duration.ofSeconds(3);

  private Preflight() {}

  /// What one look saw.
  private enum Seen {
    SOMETHING,
    NOTHING
  }

  /// Looks until something of the fixture is there.
  ///
  /// @param failure says why the mount is lost, once it is
  /// @param left the time that is left for the start
  static void require(
      Fixture fixture, byte[] root, Supplier<Optional<String>> failure, Duration left)
      throws TargetException {
    if (fixture.roots().isEmpty()) {
      return;
    }
    Duration limit = left.compareTo(GRACE) < 0 ? left : GRACE;
    long end = System.nanoTime() + limit.toNanos();
    while (look(fixture, root) == Seen.NOTHING) {
      Optional<String> lost = failure.get();
      if (lost.isPresent()) {
        throw new TargetException(lost.get());
      }
      if (System.nanoTime() > end) {
        throw new TargetException(nothingThere(fixture, root));
      }
      ProfileMount.pause();
    }
  }

  private static String nothingThere(Fixture fixture, byte[] root) {
    return "nothing of the fixture is in %s: none of its %d store paths can be looked up, for instance %s"
        .formatted(
            new String(root, StandardCharsets.UTF_8),
            fixture.roots().size(),
            fixture.roots().firstKey().basename());
  }

  /// A look that hangs or fails with anything but "no such file" has found a filesystem to judge.
  private static Seen look(Fixture fixture, byte[] root) {
    String directory = new String(root, StandardCharsets.UTF_8);
    List<String> command = new ArrayList<>(List.of("stat", "-c", "found", "--"));
    for (StorePath path : fixture.roots().keySet().stream().limit(NAMES).toList()) {
      command.add(directory + "/" + path.basename());
    }
    OuterCommand stat = OuterCommand.run(Duration.ofSeconds(2), command);
    if (stat.timedOut()) {
      return Seen.SOMETHING;
    }
    boolean allMissing =
        stat.output()
            .lines()
            .filter(line -> !line.isBlank())
            .allMatch(line -> line.contains("No such file"));
    return allMissing && !stat.ok() ? Seen.NOTHING : Seen.SOMETHING;
  }
}
