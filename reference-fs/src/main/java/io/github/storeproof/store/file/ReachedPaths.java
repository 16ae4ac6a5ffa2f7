package io.github.storeproof.store.file;

import io.github.storeproof.model.NixBase32;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Store paths and all that they refer to. *Immutable.*
///
/// @param digests in nixbase32
record ReachedPaths(Set<String> digests) {
  /// Finds path infos.
  @FunctionalInterface
  interface Lookup {
    Optional<PathInfo> find(byte[] digest) throws StoreException;
  }

  /// Follows references.
  ///
  /// @throws StoreException [StoreFailure#REFUSED] when one of the roots is not there
  static ReachedPaths from(Collection<StorePath> roots, Lookup lookup) throws StoreException {
    Set<String> reached = new HashSet<>();
    Deque<StorePath> waiting = new ArrayDeque<>(roots);
    while (!waiting.isEmpty()) {
      StorePath path = waiting.pop();
      if (reached.add(NixBase32.encode(path.digest()))) {
        Optional<PathInfo> found = lookup.find(path.digest());
        if (found.isPresent()) {
          waiting.addAll(found.get().references());
        } else if (roots.contains(path)) {
          throw new StoreException(
              StoreFailure.REFUSED, path.absolutePath() + " is not in the store");
        }
      }
    }
    return new ReachedPaths(Set.copyOf(reached));
  }

  boolean has(String digest) {
    return digests.contains(digest);
  }
}
