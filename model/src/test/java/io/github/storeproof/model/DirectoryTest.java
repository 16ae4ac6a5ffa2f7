package io.github.storeproof.model;

import static io.github.storeproof.model.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// ```
/// top/          snix size 6, documented size 4
///   a/          snix size 2, documented size 1
///     file
///   b -> a/file
/// ```
final class DirectoryTest {
  private static final FileNode FILE = new FileNode(Blake3.hash(new byte[] {1}), 1, false);
  private static final Directory A = Directory.of(Map.of(PathComponent.of("file"), FILE));

  private static Directory top(SizeRule rule) {
    return Directory.builder()
        .add(PathComponent.of("b"), new SymlinkNode(SymlinkTarget.of("a/file")))
        .add(PathComponent.of("a"), DirectoryNode.of(A, rule))
        .build();
  }

  @Test
  void countsSizesByBothRules() {
    assertThat(A.size(SizeRule.SNIX)).isEqualTo(2);
    assertThat(A.size(SizeRule.DOCUMENTED)).isEqualTo(1);
    assertThat(top(SizeRule.SNIX).size(SizeRule.SNIX)).isEqualTo(2 * 2 + 2);
    assertThat(top(SizeRule.DOCUMENTED).size(SizeRule.DOCUMENTED)).isEqualTo(2 + 1);
    assertThat(Directory.EMPTY.size(SizeRule.SNIX)).isZero();
  }

  @Test
  void aFileCountsAsOneEntryHoweverLarge() {
    Directory directory =
        Directory.of(Map.of(PathComponent.of("x"), new FileNode(FILE.digest(), 1L << 40, true)));
    assertThat(directory.size(SizeRule.DOCUMENTED)).isEqualTo(1);
  }

  @Test
  void theSizeRuleDecidesTheDigestOfADeeperTree() {
    assertThat(top(SizeRule.SNIX).digest()).isNotEqualTo(top(SizeRule.DOCUMENTED).digest());
  }

  @Test
  void theEmptyDirectoryHasTheDigestOfNothing() {
    assertThat(Directory.EMPTY.digest()).isEqualTo(Blake3.hash(new byte[0]));
    assertThat(Directory.EMPTY.entryCount()).isZero();
    assertThat(Directory.EMPTY).isEqualTo(Directory.of(Map.of()));
  }

  @Test
  void refusesANameTwiceWhateverItStandsFor() {
    assertRefused(
        Violation.ENTRY_DUPLICATE,
        "name \"a\" is there twice, want each name once",
        () -> top(SizeRule.SNIX, PathComponent.of("a")));
  }

  private static Directory top(SizeRule rule, PathComponent more) {
    Directory.Builder builder = Directory.builder().add(more, FILE);
    top(rule).forEach(builder::add);
    return builder.build();
  }

  @Test
  void refusesSizesWhoseSumOverflows() {
    Directory.Builder builder =
        Directory.builder()
            .add(PathComponent.of("a"), new DirectoryNode(FILE.digest(), Long.MAX_VALUE))
            .add(PathComponent.of("b"), new DirectoryNode(FILE.digest(), 1));
    assertRefused(
        Violation.SIZE_OVERFLOW,
        "sizes of the entries add up to more than a directory's size can be, want at most"
            + " 9223372036854775807",
        builder::build);
  }

  @Test
  void refusesASizeThatOverflowsWithTheEntriesThemselves() {
    PathComponent name = PathComponent.of("a");
    DirectoryNode largest = new DirectoryNode(FILE.digest(), Long.MAX_VALUE - 2);
    assertThat(Directory.of(Map.of(name, largest)).size(SizeRule.SNIX)).isEqualTo(Long.MAX_VALUE);
    assertRefused(
        Violation.SIZE_OVERFLOW,
        "sizes of the entries add up to more than a directory's size can be, want at most"
            + " 9223372036854775807",
        () -> Directory.of(Map.of(name, new DirectoryNode(FILE.digest(), Long.MAX_VALUE - 1))));
  }

  @Provide
  Arbitrary<Directory> directories() {
    return DirectoryArbitraries.directories();
  }

  @Property(tries = 200)
  void findsEachEntryAndNoOther(@ForAll("directories") Directory directory) {
    List<PathComponent> names = new ArrayList<>();
    directory.forEach((name, node) -> names.add(name));
    assertThat(names).isSorted().doesNotHaveDuplicates().hasSize(directory.entryCount());
    for (int i = 0; i < names.size(); i++) {
      PathComponent name = names.get(i);
      assertThat(directory.nameAt(i)).isEqualTo(name);
      assertThat(directory.indexOf(name.toBytes())).isEqualTo(i);
      assertThat(directory.find(name)).contains(directory.nodeAt(i));
    }
    assertThat(directory.indexOf(new byte[0])).isEqualTo(-1);
    assertThat(directory.indexOf(new byte[] {'/'})).isEqualTo(-1);
  }

  @Property(tries = 200)
  void theOrderInWhichEntriesComeDoesNotMatter(
      @ForAll("directories") Directory directory, @ForAll long seed) {
    List<Integer> indexes =
        new ArrayList<>(IntStream.range(0, directory.entryCount()).boxed().toList());
    Collections.shuffle(indexes, new Random(seed));
    Directory.Builder builder = Directory.builder();
    indexes.forEach(i -> builder.add(directory.nameAt(i), directory.nodeAt(i)));

    Directory same = builder.build();
    assertThat(same).isEqualTo(directory).hasSameHashCodeAs(directory);
    assertThat(same.digest()).isEqualTo(directory.digest());
  }

  @Test
  void misses() {
    Directory directory = top(SizeRule.SNIX);
    assertThat(directory.find(PathComponent.of("A"))).isEmpty();
    assertThat(directory.find(PathComponent.of("aa"))).isEmpty();
    assertThat(directory.indexOf(new byte[] {(byte) 0xFF})).isEqualTo(-1);
  }
}
