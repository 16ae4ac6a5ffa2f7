package io.github.storeproof.conformance.store;

import io.github.storeproof.model.Directory;
import io.github.storeproof.model.SizeRule;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which sizes of directories store services take. *Immutable.*
public enum DirectorySizes {
  /// Those of [SizeRule#SNIX].
  SNIX(SizeRule.SNIX),
  /// Those of [SizeRule#DOCUMENTED].
  DOCUMENTED(SizeRule.DOCUMENTED),
  /// Those of both rules, and what is between them or not.
  EITHER(SizeRule.SNIX, SizeRule.DOCUMENTED);

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<SizeRule> rules;

  DirectorySizes(SizeRule... rules) {
    this.rules = List.of(rules);
  }

  /// The sizes of that word, as profiles and command lines have it.
  public static Optional<DirectorySizes> ofWord(String word) {
    return Arrays.stream(values()).filter(sizes -> sizes.word().equals(word)).findFirst();
  }

  /// The sizes that are taken where trees of these rules are; empty where there is no such rule.
  static Optional<DirectorySizes> ofRules(List<SizeRule> taken) {
    return Arrays.stream(values())
        .filter(sizes -> sizes.rules.size() == taken.size() && sizes.rules.containsAll(taken))
        .findFirst();
  }

  /// What profiles and command lines call them.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The rule by which the kit counts.
  public SizeRule rule() {
    return rules.getFirst();
  }

  /// The rules by which a size may be counted.
  public List<SizeRule> rules() {
    return rules;
  }

  /// The smallest size of a directory that is taken.
  public long least(Directory directory) {
    return rules.stream().mapToLong(directory::size).min().orElseThrow();
  }

  /// The greatest size of a directory that is taken.
  public long most(Directory directory) {
    return rules.stream().mapToLong(directory::size).max().orElseThrow();
  }
}
