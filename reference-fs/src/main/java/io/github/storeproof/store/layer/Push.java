package io.github.storeproof.store.layer;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.NixBase32;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A thing that a far store is to get. *Immutable.* In order, content comes before what refers to
/// it.
///
/// @param name the digest: hex, of a path info nixbase32
record Push(Kind kind, String name) implements Comparable<Push> {
  private static final Pattern TEXT =
      Pattern.compile("(blob|tree)-([0-9a-f]{64})|(pathinfo)-([0-9a-df-np-sv-z]{32})");

  enum Kind {
    BLOB,
    TREE,
    PATHINFO
  }

  /// What [#toString] gives; empty for another text.
  static Optional<Push> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return parts.group(3) == null
        ? Optional.of(
            new Push(Kind.valueOf(parts.group(1).toUpperCase(Locale.ROOT)), parts.group(2)))
        : Optional.of(new Push(Kind.PATHINFO, parts.group(4)));
  }

  static Push blob(B3Digest digest) {
    return new Push(Kind.BLOB, digest.hex());
  }

  static Push tree(B3Digest root) {
    return new Push(Kind.TREE, root.hex());
  }

  /// @param digest 20 bytes
  static Push pathInfo(byte[] digest) {
    return new Push(Kind.PATHINFO, NixBase32.encode(digest));
  }

  @Override
  public int compareTo(Push other) {
    return Comparator.comparing(Push::kind).thenComparing(Push::name).compare(this, other);
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + "-" + name;
  }
}
