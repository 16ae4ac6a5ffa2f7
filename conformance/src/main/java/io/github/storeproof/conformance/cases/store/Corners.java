package io.github.storeproof.conformance.cases.store;

import io.github.storeproof.model.Blake3;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.model.SymlinkTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Directories at the edges of what is allowed.
final class Corners {
  private static final int BYTES = 256;
  private static final int CHILDREN = 1030;
  private static final int TARGET_BYTES = 4060;

  private Corners() {}

  /// Every byte that a name may have, in names of one byte, and the longest name; the three kinds
  /// take turns, so that the order over all lists differs from that within one.
  static Directory names() {
    Directory.Builder builder = Directory.builder();
    for (int b = 1; b < BYTES; b++) {
      if (b != '/' && b != '.') {
        byte[] name = {(byte) b};
        builder.add(PathComponent.of(name), b % 2 == 0 ? file(b, b % 4 == 0) : link("to"));
      }
    }
    byte[] longest = new byte[PathComponent.MAX_LENGTH_BYTES];
    Arrays.fill(longest, (byte) 0xff);
    return builder
        .add(PathComponent.of(longest), file(1, true))
        .add(PathComponent.of("..."), Directories.node(Directory.EMPTY, SizeRule.SNIX))
        .build();
  }

  /// Targets of one byte, of any bytes, and of the most bytes.
  static Directory targets() {
    byte[] every = new byte[BYTES - 1];
    for (int b = 1; b < BYTES; b++) {
      every[b - 1] = (byte) b;
    }
    byte[] longest = new byte[SymlinkTarget.MAX_LENGTH_BYTES];
    Arrays.fill(longest, (byte) 'x');
    return Directory.builder()
        .add(PathComponent.of("one"), link("a"))
        .add(PathComponent.of("every"), new SymlinkNode(SymlinkTarget.of(every)))
        .add(PathComponent.of("longest"), new SymlinkNode(SymlinkTarget.of(longest)))
        .build();
  }

  /// Files of sizes at which numbers change their length.
  static Directory sizes() {
    Directory.Builder builder = Directory.builder();
    for (long size :
        new long[] {0, 1, 127, 128, 1L << 31, 1L << 32, 1L << 40, (1L << 53) + 1, Long.MAX_VALUE}) {
      builder.add(PathComponent.of("size-" + size), file(size, false));
      builder.add(PathComponent.of("program-" + size), file(size, true));
    }
    return builder.build();
  }

  /// Directories in each other, the innermost first.
  static List<Directory> chain(int depth, SizeRule rule) {
    List<Directory> chain = new ArrayList<>(List.of(Directory.EMPTY));
    while (chain.size() < depth) {
      Directory below = chain.getLast();
      chain.add(
          Directory.builder().add(PathComponent.of("d"), Directories.node(below, rule)).build());
    }
    return chain;
  }

  /// A directory of so many files.
  static Directory wide(int entryCount) {
    Directory.Builder builder = Directory.builder();
    FileNode file = file(7, false);
    for (int i = 0; i < entryCount; i++) {
      builder.add(PathComponent.of("entry-%06d".formatted(i)), file);
    }
    return builder.build();
  }

  /// Directories that are all in one root, which comes last: more than what stores ask for at a time, more than what is
  /// kept on the way to a client, and together more than fits into one message.
  static List<Directory> broad(SizeRule rule, Random random) {
    String target = random.nextLong() + "-".repeat(TARGET_BYTES);
    List<Directory> directories = new ArrayList<>();
    Directory.Builder root = Directory.builder();
    for (int i = 0; i < CHILDREN; i++) {
      Directory child = Directory.builder().add(PathComponent.of("link"), link(target + i)).build();
      directories.add(child);
      root.add(PathComponent.of("d%04d".formatted(i)), Directories.node(child, rule));
    }
    directories.add(root.build());
    return directories;
  }

  /// A root with a directory, in which there is one with entries: the two rules differ from the
  /// second level on.
  static List<Directory> threeLevels(int entryCount, SizeRule rule, Random random) {
    Directory leaf =
        Directory.builder()
            .add(PathComponent.of("unique"), link(String.valueOf(random.nextLong())))
            .build();
    Directory.Builder middle =
        Directory.builder().add(PathComponent.of("leaf"), Directories.node(leaf, rule));
    for (int i = 1; i < entryCount; i++) {
      middle.add(PathComponent.of("file-" + i), file(i, false));
    }
    Directory filled = middle.build();
    Directory root =
        Directory.builder().add(PathComponent.of("middle"), Directories.node(filled, rule)).build();
    return List.of(leaf, filled, root);
  }

  static FileNode file(long size, boolean isExecutable) {
    return new FileNode(Blake3.hash(new byte[] {1, 2, 3}), size, isExecutable);
  }

  static SymlinkNode link(String target) {
    return new SymlinkNode(SymlinkTarget.of(target));
  }
}
