package io.github.storeproof.ci.mutant;

import io.github.storeproof.fuse.wire.Attr;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;

/// Faults that only files of more than 2 or 4 GiB show.
final class LargeFileMutants {
  private static final String FEATURES = "large-files = true\nother-users = true\n";
  private static final long LOW_HALF = 0xffff_ffffL;

  static final List<Mutant> ALL =
      List.of(
          offsets("OffsetsOfLargeFilesAreOf32Bits", "different", offset -> offset & LOW_HALF),
          offsets("OffsetsOfLargeFilesAreSigned", "EINVAL", offset -> (int) offset),
          offsets(
              "LargeFilesAreReadOneByteOn",
              "different",
              offset -> offset > LOW_HALF ? offset + 1 : offset),
          attributes("SizesAreOf32Bits", size -> size & LOW_HALF),
          attributes("SizesEndAt4Gibibytes", size -> Math.min(size, LOW_HALF)));

  private LargeFileMutants() {}

  private static Mutant offsets(String name, String message, LongUnaryOperator offset) {
    return mutant(name, message, offset, attr -> attr);
  }

  private static Mutant attributes(String name, LongUnaryOperator size) {
    return mutant(
        name,
        "result 4296015875",
        offset -> offset,
        attr -> Attrs.withSize(attr, size.applyAsLong(attr.sizeBytes())));
  }

  private static Mutant mutant(
      String name, String message, LongUnaryOperator offset, UnaryOperator<Attr> attr) {
    return new Mutant(
        name,
        name.startsWith("Sizes") ? "READ-7/the-size-is-whole" : "READ-7",
        message,
        new Mutant.Own(tree -> new RootFiles(tree, offset, attr), FEATURES));
  }
}
