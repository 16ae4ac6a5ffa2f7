package io.github.storeproof.conformance.store;

import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureInstaller;
import io.github.storeproof.fixtures.FixtureSink;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryCodec;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.NixBase32;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.proto.store.v1.PathInfoProto.PathInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// What a store of fixtures holds, in memory; contents are made when they are read. *Thread-safe.*
final class FixtureStore {
  /// Blobs up to this size have no chunks.
  private static final long WHOLE_BYTES = 512 << 10;

  private static final int CHUNK_BYTES = 256 << 10;

  private final SizeRule sizeRule;
  private final Map<B3Digest, Piece> pieces = new ConcurrentHashMap<>();
  private final Map<B3Digest, List<Chunk>> chunks = new ConcurrentHashMap<>();
  private final Map<B3Digest, Directory> directories = new ConcurrentHashMap<>();
  // By the digest of the store path in nixbase32.
  private final Map<String, PathInfo> pathInfos = new ConcurrentSkipListMap<>();

  FixtureStore(SizeRule sizeRule) {
    this.sizeRule = sizeRule;
  }

  /// A blob, or a chunk of one.
  record Piece(Content content, long offset, long sizeBytes) {
    /// At most `most` bytes of it.
    byte[] slice(long from, int most) {
      return content.slice(offset + from, (int) Math.min(most, sizeBytes - from));
    }
  }

  /// A chunk of a blob.
  record Chunk(B3Digest digest, long sizeBytes) {}

  /// Adds all of a fixture.
  void add(Fixture fixture) {
    FixtureInstaller.push(
        fixture,
        sizeRule,
        new FixtureSink<RuntimeException>() {
          @Override
          public void blob(Content content, B3Digest digest) {
            pieces.put(digest, new Piece(content, 0, content.size()));
          }

          @Override
          public void directory(Directory directory) {
            directories.put(directory.digest(), directory);
          }

          @Override
          public void root(StorePath path, Node node) {
            pathInfos.put(
                NixBase32.encode(path.digest()),
                FixtureMessages.pathInfo(
                    path, node, Objects.requireNonNull(fixture.roots().get(path))));
          }
        });
  }

  Optional<Piece> piece(B3Digest digest) {
    return Optional.ofNullable(pieces.get(digest));
  }

  /// The chunks of a blob, cut when they are first asked for.
  Optional<List<Chunk>> chunks(B3Digest digest) {
    return piece(digest).map(blob -> chunks.computeIfAbsent(digest, _ -> cut(blob)));
  }

  private List<Chunk> cut(Piece blob) {
    if (blob.sizeBytes() <= WHOLE_BYTES) {
      return List.of();
    }
    List<Chunk> cut = new ArrayList<>();
    for (long at = 0; at < blob.sizeBytes(); at += CHUNK_BYTES) {
      byte[] bytes = blob.slice(at, CHUNK_BYTES);
      B3Digest digest = Blake3.hash(bytes);
      pieces.putIfAbsent(digest, new Piece(blob.content(), blob.offset() + at, bytes.length));
      cut.add(new Chunk(digest, bytes.length));
    }
    return List.copyOf(cut);
  }

  /// The encoding of a directory, or of it and all below it, parents first; empty when it is not
  /// there.
  List<byte[]> directories(B3Digest root, boolean isRecursive) {
    Set<B3Digest> seen = new HashSet<>(List.of(root));
    List<B3Digest> wanted = new ArrayList<>(seen);
    List<byte[]> found = new ArrayList<>();
    while (found.size() < wanted.size()) {
      Directory directory = directories.get(wanted.get(found.size()));
      if (directory == null) {
        return List.of();
      }
      found.add(DirectoryCodec.encode(directory));
      directory.forEach((_, node) -> {
        if (isRecursive && node instanceof DirectoryNode(B3Digest child, _) && seen.add(child)) {
          wanted.add(child);
        }
      });
    }
    return found;
  }

  Optional<PathInfo> pathInfo(byte[] digest) {
    return Optional.ofNullable(pathInfos.get(NixBase32.encode(digest)));
  }

  List<PathInfo> pathInfos() {
    return List.copyOf(pathInfos.values());
  }
}
