package io.github.storeproof.model;

/// How the `size` of a directory is counted. It is hashed into the parent, so it decides digests.
///
/// Two rules are in use. They agree on what a directory's own encoding is as long as each directory
/// in it is empty, and disagree on every tree with a deeper directory.
public enum SizeRule {
  /// The rule that deployed importers and servers follow: 2 for each entry, and the sizes of the
  /// directories among them.
  SNIX(2),
  /// The rule that the protocol's text documents: 1 for each entry, and the sizes of the directories
  /// among them.
  DOCUMENTED(1);

  private final int entryWeight;

  SizeRule(int entryWeight) {
    this.entryWeight = entryWeight;
  }

  /// The size of a directory.
  ///
  /// @param entryCount how many entries it has
  /// @param childSizes the sum of the sizes of the directories among them
  /// @throws InvalidDataException when the size is over 2^63-1
  long sizeOf(int entryCount, long childSizes) {
    long own = (long) entryWeight * entryCount;
    if (childSizes > Long.MAX_VALUE - own) {
      throw overflow();
    }
    return own + childSizes;
  }

  static InvalidDataException overflow() {
    return new InvalidDataException(
        Violation.SIZE_OVERFLOW,
        "sizes of the entries add up to more than a directory's size can be, want at most "
            + Long.MAX_VALUE);
  }
}
