package io.github.storeproof.conformance.oracle;

import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.SymlinkTarget;
import java.util.Arrays;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/// Random trees for jqwik: names and targets of any bytes, contents around the sizes at which filesystems err. They shrink to
/// fewer entries, shorter names and smaller contents.
public final class TreeArbitrary {
  private static final int DEPTH = 3;
  private static final int MOST_ENTRIES = 9;

  private TreeArbitrary() {}

  /// Directories of up to three levels.
  public static Arbitrary<Tree.Dir> trees() {
    return directories(DEPTH);
  }

  private static Arbitrary<Tree.Dir> directories(int depth) {
    return Arbitraries.maps(names(), nodes(depth - 1))
        .ofMaxSize(MOST_ENTRIES)
        .map(children -> new Tree.Dir(new TreeMap<>(children)));
  }

  private static Arbitrary<Tree> nodes(int depth) {
    Arbitrary<Tree> leaves = Arbitraries.frequencyOf(Tuple.of(3, files()), Tuple.of(1, links()));
    return depth == 0
        ? leaves
        : Arbitraries.frequencyOf(
            Tuple.of(3, leaves), Tuple.of(1, directories(depth).map(Tree.class::cast)));
  }

  private static Arbitrary<Tree> files() {
    return Combinators.combine(contents(), Arbitraries.of(false, true)).as(Tree.File::new);
  }

  private static Arbitrary<Content> contents() {
    Arbitrary<Long> sizes =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.longs().between(0, 600)),
            Tuple.of(2, Arbitraries.of(4095L, 4096L, 4097L, 8192L, 65_536L, 65_537L)),
            Tuple.of(1, Arbitraries.of(131_071L, 131_072L, 131_073L, 262_145L)));
    Arbitrary<Long> seeds = Arbitraries.longs().between(0, 1_000);
    return Combinators.combine(seeds, sizes).as(Content::random);
  }

  private static Arbitrary<Tree> links() {
    return bytes(1, 300).map(target -> new Tree.Link(SymlinkTarget.of(withoutNul(target))));
  }

  private static Arbitrary<PathComponent> names() {
    Arbitrary<byte[]> lengths =
        Arbitraries.frequencyOf(Tuple.of(9, bytes(1, 12)), Tuple.of(1, bytes(200, 255)));
    return lengths.map(TreeArbitrary::asName);
  }

  private static Arbitrary<byte[]> bytes(int shortest, int longest) {
    return Arbitraries.bytes().array(byte[].class).ofMinSize(shortest).ofMaxSize(longest);
  }

  private static byte[] withoutNul(byte[] target) {
    byte[] bytes = target.clone();
    for (int at = 0; at < bytes.length; at++) {
      bytes[at] = bytes[at] == 0 ? (byte) 't' : bytes[at];
    }
    return bytes;
  }

  private static PathComponent asName(byte[] random) {
    byte[] name = withoutNul(random);
    for (int at = 0; at < name.length; at++) {
      name[at] = name[at] == '/' ? (byte) 'n' : name[at];
    }
    boolean dots =
        Arrays.equals(name, new byte[] {'.'}) || Arrays.equals(name, new byte[] {'.', '.'});
    return PathComponent.of(dots ? new byte[] {'d'} : name);
  }
}
