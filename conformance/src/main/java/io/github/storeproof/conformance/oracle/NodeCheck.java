package io.github.storeproof.conformance.oracle;

import io.github.storeproof.fixtures.FixtureEntry;

/// Adds to a trial the calls that look at one node of a fixture, and what they must answer. A rule that holds for every node
/// alone is one such check; [Everywhere] applies it to a whole fixture, [RandomTrees] to random ones.
@FunctionalInterface
public interface NodeCheck {
  /// Adds calls and expectations for the node; nothing for a node that the rule does not speak of.
  void look(Trial trial, FixtureEntry entry);
}
