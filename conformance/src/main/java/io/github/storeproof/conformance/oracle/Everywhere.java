package io.github.storeproof.conformance.oracle;

import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.FixtureEntry;
import java.util.function.Predicate;

/// Applies a [NodeCheck] to every node of the shared fixture, in one script.
public final class Everywhere {
  private Everywhere() {}

  /// Looks at every node.
  public static void look(Subject subject, NodeCheck check) {
    look(subject, _ -> true, check);
  }

  /// Looks at the nodes of a choice. A fixture that has none skips the case.
  public static void look(Subject subject, Predicate<FixtureEntry> choice, NodeCheck check) {
    Trial trial = new Trial();
    subject.fixture().walk().stream().filter(choice).forEach(entry -> check.look(trial, entry));
    if (trial.isEmpty()) {
      subject.skip("the fixture has no node that the rule speaks of");
    }
    Trials.run(subject, trial);
  }
}
