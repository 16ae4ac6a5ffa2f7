package io.github.storeproof.ci.faulty;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/// Wrong answers of stat, and of listings that tell what stat tells.
final class AttributeFaults {
  static final List<Fault> ALL =
      List.of(
          fault(
              "FilesOfAPageOrMoreAreAByteLonger",
              "ATTR-1",
              "st_size",
              (_, a) -> a.isFile() && a.sizeBytes() >= 4096 ? a.withSize(a.sizeBytes() + 1) : a),
          fault(
              "SizesHave16Bits",
              "ATTR-1",
              "st_size",
              (_, a) -> a.isFile() ? a.withSize(a.sizeBytes() & 0xFFFF) : a),
          fault(
              "LongTargetsHaveNoSize",
              "ATTR-1",
              "st_size 0",
              (_, a) -> a.isLink() && a.sizeBytes() > 1000 ? a.withSize(0) : a),
          fault(
              "LargeFilesHaveNoBlocks",
              "ATTR-2",
              "st_blocks 0",
              (_, a) -> a.sizeBytes() >= 1 << 20 ? a.withBlocks(0) : a),
          Fault.of(
                  "TimesMoveWithEachLook",
                  "ATTR-4",
                  "st_mtime",
                  tree -> counting(tree, count -> count, false))
              .uncached(),
          fault("TimesAreOfTheYear2026", "ATTR-4", "st_mtime", (_, a) -> a.withTime(1795000000)),
          fault(
              "LinksBelongToUser1000",
              "ATTR-5",
              "uid 1000",
              (_, a) -> a.isLink() ? a.withOwner(1000) : a),
          fault(
              "DirectoriesAreWritable",
              "MODE-2",
              "mode 0755",
              (_, a) -> a.isDirectory() ? withBits(a, 0755) : a),
          fault(
              "FilesAreReadableByTheOwnerOnly",
              "MODE-1",
              "mode 0400",
              (_, a) -> a.isFile() && permissions(a) == 0444 ? withBits(a, 0400) : a),
          fault(
              "ExecutablesAreNotForOthers",
              "MODE-2",
              "mode 0554",
              (_, a) -> a.isFile() && permissions(a) == 0555 ? withBits(a, 0554) : a),
          fault(
              "DirectoriesAreSticky",
              "MODE-2",
              "sticky",
              (_, a) -> a.isDirectory() ? withBits(a, 01555) : a),
          fault(
              "EmptyFilesArePipes",
              "TYP-1",
              "type 010000",
              (_, a) -> a.isFile() && a.sizeBytes() == 0 ? withType(a, 0x1000) : a),
          fault(
              "DirectoriesHaveNoLinkCount",
              "INO-4",
              "st_nlink 0",
              (_, a) -> a.isDirectory() ? a.withLinkCount(0) : a),
          fault(
              "DirectoriesCountAHundredLinks",
              "INO-5",
              "st_nlink 100",
              (_, a) -> a.isDirectory() ? a.withLinkCount(100) : a),
          fault(
              "NumbersAreOfTheName",
              "INO-3",
              "st_ino",
              (path, a) -> a.withIno(1 + (PlainDirectory.nameOf(path).hashCode() & 0x7FFFFFFF))),
          Fault.of(
                  "DirectoriesGrowWithEachLook",
                  "INO-8",
                  "st_size",
                  tree -> counting(tree, count -> count, true))
              .uncached(),
          listed("ListedNumbersAreOneHigher", "DIR-3", "d_ino", a -> a.withIno(a.ino() + 1)),
          listed(
              "ListedLinksAreFiles",
              "TYP-2",
              "d_type",
              a -> a.isLink() ? withType(a, Attributes.S_IFREG) : a));

  private AttributeFaults() {}

  private static Fault fault(
      String name,
      String rule,
      String message,
      BiFunction<String, Attributes, Attributes> attributes) {
    return Fault.of(
        name,
        rule,
        message,
        tree ->
            new PlainDirectory(tree) {
              @Override
              Attributes getattr(String path) throws Failure {
                return attributes.apply(path, super.getattr(path));
              }
            });
  }

  private static Fault listed(
      String name, String rule, String message, UnaryOperator<Attributes> attributes) {
    return Fault.of(
        name,
        rule,
        message,
        tree ->
            new PlainDirectory(tree) {
              @Override
              Attributes listed(String path) throws Failure {
                return attributes.apply(getattr(path));
              }
            });
  }

  private static PlainDirectory counting(String tree, ToLongFunction<Integer> step, boolean sizes) {
    return new PlainDirectory(tree) {
      private final AtomicInteger calls = new AtomicInteger();

      @Override
      Attributes getattr(String path) throws Failure {
        Attributes right = super.getattr(path);
        long moved = step.applyAsLong(calls.incrementAndGet());
        if (!sizes) {
          return right.withTime(right.modifiedSeconds() + moved);
        }
        return right.isDirectory() ? right.withSize(right.sizeBytes() + moved) : right;
      }
    };
  }

  private static Attributes withType(Attributes right, int type) {
    return right.withMode(type | right.mode() & ~Attributes.S_IFMT);
  }

  private static Attributes withBits(Attributes right, int bits) {
    return right.withMode(right.mode() & Attributes.S_IFMT | bits);
  }

  private static int permissions(Attributes right) {
    return right.mode() & 07777;
  }
}
