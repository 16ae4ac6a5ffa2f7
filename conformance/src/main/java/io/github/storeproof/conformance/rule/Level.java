package io.github.storeproof.conformance.rule;

/// How binding a rule is, in the words of RFC 2119. *Immutable.*
public enum Level {
  /// A store that breaks it does not conform.
  MUST("must"),
  /// A good store keeps it; breaking it is reported, and fails only a strict check.
  SHOULD("should"),
  /// Free: what is found is told, and never fails.
  MAY("may");

  private final String word;

  Level(String word) {
    this.word = word;
  }

  /// The word as it stands in rule files and reports.
  public String word() {
    return word;
  }

  /// The level of that word.
  ///
  /// @throws IllegalArgumentException when there is none
  public static Level ofWord(String word) {
    for (Level level : values()) {
      if (level.word.equals(word)) {
        return level;
      }
    }
    throw new IllegalArgumentException("level is '" + word + "', want must, should or may");
  }
}
