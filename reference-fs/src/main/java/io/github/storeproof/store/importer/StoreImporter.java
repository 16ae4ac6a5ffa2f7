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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Makes store paths of trees on disk, and of archives. *Confined.*
public final class StoreImporter {
  private static final String SUFFIX = ".nar";
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
    String name = checkedName(path, "");
    return putNamed(name, trees.importTree(path));
  }

  /// Imports the tree of an archive under the store path that `nix-store --add` gives it.
  ///
  /// @param file its last name, without `.nar`, becomes the store path's
  /// @throws ImportException when it cannot be read, or is no archive
  public PathInfo addArchive(RawPath file) throws ImportException, StoreException {
    String name = checkedName(file, SUFFIX);
    try (ArchiveFile archive = ArchiveFile.open(file)) {
      ImportedTree tree = trees.importArchive(archive);
      return putNamed(name, tree);
    } catch (InvalidDataException e) {
      throw new ImportException(file, e);
    } catch (IOException e) {
      throw new ImportException(file, String.valueOf(e.getMessage()));
    }
  }

  private PathInfo putNamed(String name, ImportedTree tree) throws StoreException {
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
  private static String checkedName(RawPath path, String suffix) throws ImportException {
    String last = new String(path.basename(), StandardCharsets.UTF_8);
    String name = last.endsWith(suffix) ? last.substring(0, last.length() - suffix.length()) : last;
    try {
      return StorePath.ofNar(NO_DIGEST, name).name();
    } catch (InvalidDataException e) {
      throw new ImportException(path, e);
    }
  }
}
