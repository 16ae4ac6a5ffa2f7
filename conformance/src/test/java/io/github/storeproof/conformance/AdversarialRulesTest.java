package io.github.storeproof.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.conformance.rule.Rule;
import io.github.storeproof.conformance.rule.RuleBook;
import io.github.storeproof.fixtures.profile.AdversarialCases;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The adversarial profile has something for each rule that a tree can break.
class AdversarialRulesTest {
  /// Rules that hold or break whatever is in the store: it takes calls, faults or messages to see
  /// them. READ-7 wants more than 4 GiB, which are in the large profile.
  private static final Set<String> OF_NO_TREE =
      Set.of(
          "ATTR-4", "ATTR-5", "ATTR-6", "BLOB-3", "BLOB-5", "BLOB-7", "BLOB-8", "BLOB-9", "BLOB-10",
          "CON-1", "CON-2", "CON-3", "DSV-5", "ERR-1", "ERR-2", "ERR-4", "ERR-5", "ERR-6", "ERR-7",
          "ERR-8", "GRP-1", "HND-1", "HND-2", "HND-3", "INO-4", "IOC-1", "LCK-1", "LIF-1", "LIF-2",
          "LIF-3", "LIF-4", "MODE-4", "NTF-1", "OPN-2", "OVL-1", "OVL-2", "PIN-1", "PIN-5",
          "READ-7", "READ-11", "READ-12", "RO-1", "RO-2", "RO-3", "RO-4", "RO-5", "RO-6", "ROOT-1",
          "ROOT-2", "ROOT-4", "ROOT-6", "SEQ-1", "STF-1", "SYN-1", "SYN-2", "XAT-2");

  @Test
  void everyRuleIsNamedByACaseOrNeedsNoTree() {
    Set<String> named =
        AdversarialCases.all().stream()
            .flatMap(one -> one.rules().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> all =
        RuleBook.bundled().rules().stream()
            .map(Rule::id)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(all).containsAll(named);
    all.removeAll(named);
    assertThat(all).containsExactlyInAnyOrderElementsOf(OF_NO_TREE);
  }
}
