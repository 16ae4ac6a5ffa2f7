package io.github.storeproof.store.directory;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryCodec;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.object.Frames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A directory and all below it, as one object has them: the root first, each once and after one that
/// refers to it. *Immutable.*
record StoredTree(Map<B3Digest, Directory> directories, long weightBytes) {
  /// The encodings of a closed tree, in the order of an object.
  static List<byte[]> encodings(B3Digest root, Map<B3Digest, Directory> closed) {
    Set<B3Digest> order = new LinkedHashSet<>(Set.of(root));
    List<byte[]> encodings = new ArrayList<>();
    List<B3Digest> level = List.of(root);
    while (!level.isEmpty()) {
      List<B3Digest> next = new ArrayList<>();
      for (B3Digest digest : level) {
        Directory directory = closed.get(digest);
        if (directory == null) {
          throw new IllegalArgumentException("directory " + digest + " is not in its tree");
        }
        encodings.add(DirectoryCodec.encode(directory));
        directory.forEach((_, node) -> {
          if (node instanceof DirectoryNode child && order.add(child.digest())) {
            next.add(child.digest());
          }
        });
      }
      level = next;
    }
    return encodings;
  }

  /// Reads a tree and checks that it is the one of this root, and closed.
  ///
  /// @param space what it takes while it is read
  /// @throws StoreException [StoreFailure#CORRUPT] when it is not
  static StoredTree read(B3Digest root, Frames.Records records, TreeSpace space)
      throws StoreException {
    Map<B3Digest, Directory> directories = new HashMap<>();
    Set<B3Digest> wanted = new HashSet<>(Set.of(root));
    long weightBytes = 0;
    try {
      for (var next = records.next(); next.isPresent(); next = records.next()) {
        Directory directory = decoded(root, next.get(), wanted);
        long bytes = TreeSpace.bytesOf(directory);
        space.take(bytes);
        weightBytes += bytes;
        directories.put(directory.digest(), directory);
        directory.forEach((_, node) -> {
          if (node instanceof DirectoryNode child && !directories.containsKey(child.digest())) {
            wanted.add(child.digest());
          }
        });
      }
      if (!wanted.isEmpty()) {
        throw corrupt(
            "tree %s lacks %d directories, %s is one"
                .formatted(root, wanted.size(), wanted.iterator().next()));
      }
      return new StoredTree(Map.copyOf(directories), weightBytes);
    } finally {
      space.give(weightBytes);
    }
  }

  private static Directory decoded(B3Digest root, byte[] encoded, Set<B3Digest> wanted)
      throws StoreException {
    B3Digest digest = Blake3.hash(encoded);
    if (!wanted.remove(digest)) {
      throw corrupt(
          "tree %s has directory %s, which nothing before it refers to".formatted(root, digest));
    }
    try {
      return DirectoryCodec.decode(encoded);
    } catch (InvalidDataException e) {
      throw corrupt("directory " + digest + ": " + e.getMessage());
    }
  }

  Optional<Directory> find(B3Digest digest) {
    @Nullable Directory directory = directories.get(digest);
    return Optional.ofNullable(directory);
  }

  private static StoreException corrupt(String message) {
    return new StoreException(StoreFailure.CORRUPT, message);
  }
}
