package io.github.storeproof.store.importer;

import io.github.storeproof.model.CaHash;
import io.github.storeproof.model.ContentAddress;
import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.model.NarInfo;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.posix.RawPath;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.pathinfo.PathInfoService;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Makes store paths of trees on disk. *Confined.*
public final class StoreImporter {
  private static final byte[] NO_DIGEST = new byte[32];

  private final TreeImporter trees;
  private final PathInfoService pathInfos;

  public StoreImporter(TreeImporter trees, PathInfoService pathInfos) {
    this.trees = trees;
    this.pathInfos = pathInfos;
  }

  /// Imports a tree under the store path that `nix-store --add` gives it.
  ///
  /// @param path absolute; its last name becomes the store path's
  public PathInfo add(RawPath path) throws ImportException, StoreException, InterruptedException {
    String name = checkedName(path);
    ImportedTree tree = trees.importTree(path);
    byte[] sha256 = tree.narSha256().toBytes();
    return put(
        StorePath.ofNar(sha256, name),
        tree,
        Optional.of(ContentAddress.of(CaHash.NAR_SHA256, sha256)));
  }

  /// Imports a tree under a store path that somebody else gave it.
  public PathInfo addAs(RawPath path, StorePath storePath)
      throws ImportException, StoreException, InterruptedException {
    return put(storePath, trees.importTree(path), Optional.empty());
  }

  private PathInfo put(StorePath storePath, ImportedTree tree, Optional<ContentAddress> address)
      throws StoreException {
    NarInfo narInfo =
        new NarInfo(tree.narSizeBytes(), tree.narSha256(), List.of(), Optional.empty(), address);
    return pathInfos.put(new PathInfo(storePath, tree.node(), List.of(), narInfo));
  }

  /// Refuses a bad name before anything is read.
  private static String checkedName(RawPath path) throws ImportException {
    String name = new String(path.basename(), StandardCharsets.UTF_8);
    try {
      return StorePath.ofNar(NO_DIGEST, name).name();
    } catch (InvalidDataException e) {
      throw new ImportException(path, e);
    }
  }
}
