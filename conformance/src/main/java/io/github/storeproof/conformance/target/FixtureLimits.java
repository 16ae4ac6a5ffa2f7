package io.github.storeproof.conformance.target;

import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureBuilder;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.model.SymlinkTarget;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which names and links a target can hold, by what it claims. Fixtures leave the others out. *Immutable.*
///
/// @param anyBytes names that are not UTF-8
/// @param everyName names of 255 bytes, and `lost+found`
/// @param longLinks targets of links of more than 1,023 bytes
public record FixtureLimits(boolean anyBytes, boolean everyName, boolean longLinks) {
  private static final int LONGEST_BYTES = 255;

  /// Of xfs, the filesystem with the shortest ones that many use.
  private static final int LONG_LINK_BYTES = 1024;

  private static final PathComponent LOST_AND_FOUND = PathComponent.of("lost+found");

  /// The limits of a target with these features.
  public static FixtureLimits of(Features features) {
    return new FixtureLimits(
        features.claims(Feature.ANY_BYTE_NAMES),
        features.claims(Feature.EVERY_NAME),
        features.claims(Feature.LONG_LINKS));
  }

  /// The fixture without what the target cannot hold; the same one when it can hold all.
  public Fixture fit(Fixture fixture) {
    if (anyBytes && everyName && longLinks) {
      return fixture;
    }
    FixtureBuilder changed = Fixture.named(fixture.name());
    SortedMap<StorePath, Tree> roots = new TreeMap<>();
    fixture
        .roots()
        .forEach((path, tree) -> {
          if (!holds(tree)) {
            return;
          }
          Tree fitting = fit(tree);
          if (fitting.equals(tree)) {
            roots.put(path, tree);
          } else {
            changed.add(path.name(), fitting);
          }
        });
    roots.putAll(changed.build().roots());
    return new Fixture(roots, fixture.name());
  }

  private Tree fit(Tree tree) {
    return switch (tree) {
      case Tree.Dir directory -> fit(directory);
      case Tree.File file -> file;
      case Tree.Link link -> link;
    };
  }

  /// The directory without what the target cannot hold.
  public Tree.Dir fit(Tree.Dir directory) {
    TreeMap<PathComponent, Tree> fitting = new TreeMap<>();
    directory
        .children()
        .forEach((name, child) -> {
          if (holds(name) && holds(child)) {
            fitting.put(name, fit(child));
          }
        });
    return new Tree.Dir(fitting);
  }

  private boolean holds(PathComponent name) {
    boolean special = name.lengthBytes() == LONGEST_BYTES || name.equals(LOST_AND_FOUND);
    return (everyName || !special) && (anyBytes || isUtf8(name.toBytes()));
  }

  private boolean holds(Tree tree) {
    return longLinks
        || !(tree instanceof Tree.Link(SymlinkTarget target))
        || target.lengthBytes() < LONG_LINK_BYTES;
  }

  private static boolean isUtf8(byte[] name) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name));
      return true;
    } catch (CharacterCodingException notUtf8) {
      return false;
    }
  }
}
