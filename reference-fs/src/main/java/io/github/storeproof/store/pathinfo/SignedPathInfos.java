package io.github.storeproof.store.pathinfo;

import io.github.storeproof.model.NarInfo;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.model.Signature;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What becomes of the signatures of a path info, which alone may change (rule PIN-2).
public final class SignedPathInfos {
  private SignedPathInfos() {}

  /// `known` with the signatures of `put`, which is put a second time, added to its own.
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

  /// A path info with one more signature, unless it has it.
  public static PathInfo with(PathInfo pathInfo, Signature signature) {
    Set<Signature> signatures = new LinkedHashSet<>(pathInfo.narInfo().signatures());
    signatures.add(signature);
    return withSignatures(pathInfo, List.copyOf(signatures));
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
