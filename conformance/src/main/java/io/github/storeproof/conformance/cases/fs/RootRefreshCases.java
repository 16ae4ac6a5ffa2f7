package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Mismatch;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Costs;
import io.github.storeproof.conformance.subject.KeepsCaches;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.NeedsRefresh;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.conformance.target.Feature;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureBuilder;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.fixtures.Tree;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Store paths that are added while the store is mounted.
@NeedsRefresh
@NeedsAnyFixture
public final class RootRefreshCases {
  private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(5);
  private static final int POLL_MILLIS = 20;
  private static final int MISSES = 3;

  @Costs(3)
  @Checks("ROOT-4")
  @KeepsCaches
  void aStorePathThatWasMissedIsFoundOnceItIsAdded(Subject subject) {
    Fixture before = FixtureCatalog.manyRoots(6);
    Fixture added = added();
    LiveMount mount = subject.fresh(before);
    Trial missed = new Trial();
    for (int again = 0; again < MISSES; again++) {
      roots(before).forEach(each -> missed.want(missed.calls().lstat(each), Allowed.success()));
      roots(added)
          .forEach(each -> missed.want(missed.calls().lstat(each), Allowed.errno(Errno.ENOENT)));
      roots(added)
          .forEach(each ->
              missed.want(missed.calls().lstat(each + "/file"), Allowed.errno(Errno.ENOENT)));
    }
    list(missed, subject, before);
    missed.run(script -> subject.run(mount, script));
    subject.refresh(mount, added);
    Fixture now = Fixture.named("all").addAll(before).addAll(added).build();
    awaitVisible(subject, mount, now);
    Trial found = new Trial();
    now.roots().forEach((path, tree) -> RootCases.kind(found, path, tree));
    list(found, subject, now);
    found.run(script -> subject.run(mount, script));
  }

  @Costs(3)
  @Checks("ROOT-4")
  @KeepsCaches
  void addingTwiceShowsBoth(Subject subject) {
    Fixture before = FixtureCatalog.manyRoots(2);
    LiveMount mount = subject.fresh(before);
    FixtureBuilder all = Fixture.named("all").addAll(before);
    for (String name : List.of("first", "second")) {
      Fixture added = Fixture.of(name, name, Tree.plain(Content.ofText(name)));
      subject.refresh(mount, added);
      Fixture now = all.addAll(added).build();
      awaitVisible(subject, mount, now);
      Trial trial = new Trial();
      now.roots().forEach((path, tree) -> RootCases.kind(trial, path, tree));
      list(trial, subject, now);
      trial.run(script -> subject.run(mount, script));
    }
  }

  private static Fixture added() {
    FixtureBuilder fixture = Fixture.named("added");
    fixture.add("added-directory", Tree.dir().plain("file", Content.ofText("added later")).build());
    fixture.add("added-file", Tree.plain(Content.ofText("a file that was added later")));
    fixture.add("added-program", Tree.executable(Content.ofText("#!/bin/sh\n")));
    fixture.add("added-link", Tree.link("added-later"));
    return fixture.build();
  }

  private static void list(Trial trial, Subject subject, Fixture fixture) {
    if (subject.features().claims(Feature.LIST_ROOT)) {
      ListedDirectory root = ListedDirectory.root(fixture);
      ListingCases.complete(trial, root, 1024);
      ListingCases.complete(trial, root, 32_768);
    }
  }

  /// Looks for the store paths until all are there or the time is over, and only then lists the root in the same way: a
  /// listing may bring the kernel what a look would have missed.
  private static void awaitVisible(Subject subject, LiveMount mount, Fixture now) {
    Duration within = subject.patiently(VISIBLE_WITHIN);
    awaitRight(
        subject,
        mount,
        within,
        trial -> {
          for (String root : roots(now)) {
            trial.want(
                trial.calls().lstat(root),
                Allowed.that(
                    root + " found within " + within.toSeconds() + " s after it was added",
                    observed -> observed.ok()));
          }
        });
    awaitRight(subject, mount, within, trial -> list(trial, subject, now));
  }

  private static void awaitRight(
      Subject subject, LiveMount mount, Duration within, Consumer<Trial> look) {
    long end = System.nanoTime() + within.toNanos();
    Optional<Mismatch> wrong = looked(subject, mount, look);
    while (wrong.isPresent() && System.nanoTime() < end) {
      wrong = looked(subject, mount, look);
    }
    wrong.ifPresent(mismatch -> {
      throw mismatch.hint(
          "The root was looked at before: a negative entry or an old listing may still be cached.");
    });
  }

  private static Optional<Mismatch> looked(Subject subject, LiveMount mount, Consumer<Trial> look) {
    Trial trial = new Trial();
    trial.calls().sleep(POLL_MILLIS);
    look.accept(trial);
    return trial.firstMismatch(script -> subject.run(mount, script));
  }

  private static List<String> roots(Fixture fixture) {
    return fixture.roots().keySet().stream().map(path -> path.basename()).toList();
  }
}
