package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.X_OK;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Costs;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.Tree;
import java.util.List;
import java.util.stream.IntStream;

/// One content, executable here and plain there: each keeps its own mode, whichever is looked at first.
@NeedsAnyFixture
public final class ModeCases {
  private static final Content SHARED = Content.ofText("#!/bin/sh\nexit 0\n");
  private static final int PAIRS = 8;

  @Costs(2)
  @Checks("MODE-3")
  void executableFirst(Subject subject) {
    lookIn(subject, List.of("x", "p"));
  }

  @Costs(2)
  @Checks("MODE-3")
  void plainFirst(Subject subject) {
    lookIn(subject, List.of("p", "x"));
  }

  @Costs(2)
  @Checks("MODE-3")
  void afterListing(Subject subject) {
    Trial trial = new Trial();
    Fixture fixture = twins();
    trial.calls().list(fixture.path("twins"));
    for (int pair = 0; pair < PAIRS; pair++) {
      trial.calls().list(fixture.path("twins", "d" + pair));
    }
    look(trial, fixture, List.of("p", "x"));
    LiveMount mount = subject.fresh(fixture);
    trial.run(script -> subject.run(mount, script));
  }

  private static void lookIn(Subject subject, List<String> order) {
    Trial trial = new Trial();
    Fixture fixture = twins();
    look(trial, fixture, order);
    look(trial, fixture, order.reversed());
    LiveMount mount = subject.fresh(fixture);
    trial.run(script -> subject.run(mount, script));
  }

  private static void look(Trial trial, Fixture fixture, List<String> order) {
    for (int pair = 0; pair < PAIRS; pair++) {
      for (String name : order) {
        wantMode(trial, fixture.path("twins", "d" + pair, name), name.equals("x"));
      }
    }
  }

  private static void wantMode(Trial trial, byte[] path, boolean executable) {
    String words = (executable ? "executable" : "no execute permission") + ", as the node says";
    var allowed =
        Decoded.stat(
            words,
            stat -> (stat.permissions() & 0111) == (executable ? 0111 : 0),
            stat -> "mode %04o".formatted(stat.permissions()));
    trial.want(trial.calls().lstat(path), allowed);
    Slot fd = trial.calls().open(path, O_RDONLY);
    trial.want(trial.calls().fstat(fd), allowed);
    trial.calls().close(fd);
    trial.want(
        trial.calls().access(path, X_OK),
        executable ? Allowed.success() : Allowed.errno(Errno.EACCES));
  }

  /// ```
  /// twins/
  ///   d0/ … d7/   (d0 and d1 are equal; from d2 on each has content of its own)
  ///     p         plain, the content of x
  ///     x         executable
  /// ```
  private static Fixture twins() {
    var root = Tree.dir();
    IntStream.range(0, PAIRS)
        .forEach(pair -> {
          Content content = pair < 2 ? SHARED : Content.random(pair, 100L * pair);
          root.add("d" + pair, Tree.dir().plain("p", content).executable("x", content).build());
        });
    return Fixture.of("twins", "twins", root.build());
  }
}
