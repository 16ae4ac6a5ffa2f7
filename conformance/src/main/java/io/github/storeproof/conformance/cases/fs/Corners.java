package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureBuilder;
import io.github.storeproof.fixtures.FixtureCatalog;

/// One mount for all trees that cases of links, names and listings make themselves, because a mount
/// costs more than a case. The store paths of a tree are the same here as in a fixture of its own.
final class Corners {
  /// What the classes share that use this mount, or that of the huge directory: each is costly, and made on one lane only.
  static final String FAMILY = "corners";

  private static final int MANY_ROOTS = 5000;

  private Corners() {}

  /// The mount of all trees, which the cases share.
  static LiveMount mount(Subject subject) {
    return subject.shared("corners", Corners::fixture);
  }

  /// Runs a trial on that mount.
  static void run(Subject subject, Trial trial) {
    LiveMount mount = mount(subject);
    trial.run(script -> subject.run(mount, script));
  }

  private static Fixture fixture() {
    FixtureBuilder all = Fixture.named("corners");
    all.addAll(FixtureCatalog.manyRoots(MANY_ROOTS));
    all.addAll(FixtureCatalog.rootKinds());
    all.addAll(LinkFixture.lengths().fixture());
    all.addAll(LinkFixture.chains().fixture());
    all.addAll(LinkFixture.absolute().fixture());
    all.addAll(NameFixture.longNames());
    all.addAll(ListingFixture.fullReplies());
    all.addAll(ListingFixture.deep());
    all.addAll(NameFixture.everyByte());
    all.addAll(NameFixture.forms());
    return all.build();
  }
}
