package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.oracle.NodeCheck;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.fixtures.FixtureEntry;
import java.util.List;

/// Nodes of [LookAlikeFixture]: each is still its own.
public final class LookAlikeCases {
  @Checks("NAM-1")
  @NeedsAnyFixture
  void namesThatHashAlikeLeadToTheirOwnNodes(Subject subject) {
    lookBothWays(subject, NameCases.OWN_NODE);
  }

  @Checks("TYP-1")
  @NeedsAnyFixture
  void kindsThatShareADigestKeepTheirTypes(Subject subject) {
    lookBothWays(subject, StatCases.TYPE);
  }

  @Checks("INO-3")
  @NeedsAnyFixture
  void namesThatHashAlikeHaveNumbersOfTheirOwn(Subject subject) {
    LiveMount mount = mount(subject);
    Trial trial = new Trial();
    InodeCases.wantNumbersOfTheirOwn(trial, mount.fixture().walk());
    trial.run(script -> subject.run(mount, script));
  }

  private static void lookBothWays(Subject subject, NodeCheck check) {
    LiveMount mount = mount(subject);
    List<FixtureEntry> entries = mount.fixture().walk();
    Trial trial = new Trial();
    for (List<FixtureEntry> way : List.of(entries, entries.reversed())) {
      trial.calls().dropCaches();
      way.forEach(entry -> check.look(trial, entry));
    }
    trial.run(script -> subject.run(mount, script));
  }

  private static LiveMount mount(Subject subject) {
    return subject.shared("look-alikes", LookAlikeFixture::fixture);
  }
}
