package io.github.storeproof.model;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/// Random valid directories, with any byte that a name or target can have.
final class DirectoryArbitraries {
  private DirectoryArbitraries() {}

  static Arbitrary<Directory> directories() {
    return Arbitraries.maps(names(), nodes()).ofMaxSize(12).map(Directory::of).withoutEdgeCases();
  }

  static Arbitrary<PathComponent> names() {
    Arbitrary<byte[]> few =
        Arbitraries.of((byte) 'a', (byte) 'b', (byte) 'A', (byte) 1, (byte) 0x80, (byte) 0xFF)
            .array(byte[].class)
            .ofMinSize(1)
            .ofMaxSize(3);
    Arbitrary<byte[]> many =
        Arbitraries.bytes()
            .filter(b -> b != 0 && b != '/')
            .array(byte[].class)
            .ofMinSize(1)
            .ofMaxSize(255)
            .filter(DirectoryArbitraries::isNotDots);
    return Arbitraries.oneOf(few, many).map(PathComponent::of);
  }

  private static boolean isNotDots(byte[] name) {
    return name.length > 2 || name[0] != '.' || (name.length == 2 && name[1] != '.');
  }

  static Arbitrary<Node> nodes() {
    Arbitrary<B3Digest> digests =
        Arbitraries.bytes().array(byte[].class).ofSize(32).map(B3Digest::of);
    Arbitrary<Long> sizes =
        Arbitraries.oneOf(
            Arbitraries.of(0L, 1L, 127L, 128L),
            Arbitraries.longs().between(0, Long.MAX_VALUE / 32));
    return Arbitraries.oneOf(
        Combinators.combine(digests, sizes).as(DirectoryNode::new),
        Combinators.combine(digests, sizes, Arbitraries.of(true, false)).as(FileNode::new),
        targets().map(SymlinkNode::new));
  }

  static Arbitrary<SymlinkTarget> targets() {
    return Arbitraries.bytes()
        .filter(b -> b != 0)
        .array(byte[].class)
        .ofMinSize(1)
        .ofMaxSize(300)
        .map(SymlinkTarget::of);
  }
}
