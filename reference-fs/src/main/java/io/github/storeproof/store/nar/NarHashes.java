package io.github.storeproof.store.nar;

import io.github.storeproof.model.NarInfo;
import io.github.storeproof.model.Node;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.remote.SharedLoads;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// The lengths and digests of NARs, calculated once for all who ask at a time, and remembered for the
/// root nodes that were asked for last: content never changes under its digest. *Thread-safe.*
public final class NarHashes {
  private static final int MOST_REMEMBERED = 1 << 14;

  private final Nars nars;
  private final SharedLoads<Node, NarInfo> hashes = new SharedLoads<>(MOST_REMEMBERED, _ -> 1);

  public NarHashes(Nars nars) {
    this.nars = nars;
  }

  /// What is known of the NAR of a node.
  ///
  /// @param isGivenUp asked between entries
  /// @throws StoreException as [Nars#digest] does; that is not remembered
  public NarInfo of(Node root, BooleanSupplier isGivenUp) throws StoreException {
    return hashes
        .of(
            root,
            () -> {
              NarDigest digest = nars.digest(root, isGivenUp);
              return Optional.of(NarInfo.of(digest.sizeBytes(), digest.digest()));
            })
        .orElseThrow();
  }
}
