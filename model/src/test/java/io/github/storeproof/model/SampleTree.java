package io.github.storeproof.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/// A small tree in memory, to be archived.
sealed interface SampleTree {
  /// A directory.
  record Folder(SortedMap<PathComponent, SampleTree> entries) implements SampleTree {}

  /// A file.
  final class Plain implements SampleTree {
    private final boolean executable;
    private final byte[] content;

    Plain(boolean executable, byte[] content) {
      this.executable = executable;
      this.content = content.clone();
    }
  }

  /// A symlink.
  record Link(SymlinkTarget target) implements SampleTree {}

  /// The archive of the tree.
  default byte[] nar() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NarWriter nar = new NarWriter(out);
    write(nar);
    nar.finish();
    return out.toByteArray();
  }

  private void write(NarWriter nar) throws IOException {
    switch (this) {
      case Folder folder -> {
        nar.directory();
        for (Map.Entry<PathComponent, SampleTree> entry : folder.entries().entrySet()) {
          nar.entry(entry.getKey());
          entry.getValue().write(nar);
        }
        nar.endDirectory();
      }
      case Plain file ->
          nar.file(file.executable, file.content.length, new ByteArrayInputStream(file.content));
      case Link link -> nar.symlink(link.target());
    }
  }

  /// A directory with random entries of each kind, at most `depth` directories deep.
  static SampleTree random(Random random, int depth) {
    SortedMap<PathComponent, SampleTree> entries = new TreeMap<>();
    for (int left = random.nextInt(8); left > 0; left--) {
      entries.put(randomName(random), randomEntry(random, depth));
    }
    return new Folder(entries);
  }

  private static SampleTree randomEntry(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 5 : 3)) {
      case 0 -> new Link(randomTarget(random));
      case 1, 2 -> randomFile(random);
      default -> random(random, depth - 1);
    };
  }

  private static SampleTree randomFile(Random random) {
    int[] lengthsBytes = {0, 1, 7, 8, 9, 4096, random.nextInt(100_000)};
    byte[] content = new byte[lengthsBytes[random.nextInt(lengthsBytes.length)]];
    random.nextBytes(content);
    return new Plain(random.nextBoolean(), content);
  }

  private static PathComponent randomName(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> PathComponent.of(randomBytes(random, 255));
      case 1 ->
          PathComponent.of(new String[] {"...", "-a", " ", "\n", "\\", "*"}[random.nextInt(6)]);
      default -> PathComponent.of(randomBytes(random, 4));
    };
  }

  private static SymlinkTarget randomTarget(Random random) {
    return random.nextBoolean()
        ? SymlinkTarget.of(randomBytes(random, 2000))
        : SymlinkTarget.of("../" + "x/".repeat(random.nextInt(20)));
  }

  private static byte[] randomBytes(Random random, int maxLengthBytes) {
    byte[] bytes = new byte[1 + random.nextInt(maxLengthBytes)];
    for (int i = 0; i < bytes.length; i++) {
      int next = 1 + random.nextInt(255);
      bytes[i] = (byte) (next == '/' || next == '.' ? 0xE9 : next);
    }
    return bytes;
  }
}
