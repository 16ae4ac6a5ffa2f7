package io.github.storeproof.store.pathinfo;

import io.github.storeproof.model.NarInfo;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.model.Signature;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What becomes of a path info that is put a second time: only its signatures may be others
/// (rule PIN-2).
final class SignedPathInfos {
  private SignedPathInfos() {}

  /// `known` with the signatures of `put` added to its own.
  static PathInfo merge(PathInfo known, PathInfo put) throws StoreException {
    if (!unsigned(known).equals(unsigned(put))) {
      throw new StoreException(
          StoreFailure.REFUSED,
          "path info of "
              + put.path()
              + " differs from that of "
              + known.path()
              + " in more than signatures, want the same");
    }
    Set<Signature> signatures = new LinkedHashSet<>(known.narInfo().signatures());
    signatures.addAll(put.narInfo().signatures());
    return withSignatures(known, List.copyOf(signatures));
  }

  private static PathInfo unsigned(PathInfo pathInfo) {
    return withSignatures(pathInfo, List.of());
  }

  private static PathInfo withSignatures(PathInfo pathInfo, List<Signature> signatures) {
    NarInfo nar = pathInfo.narInfo();
    return new PathInfo(
        pathInfo.path(),
        pathInfo.node(),
        pathInfo.references(),
        new NarInfo(
            nar.narSize(), nar.narSha256(), signatures, nar.deriver(), nar.contentAddress()));
  }
}
