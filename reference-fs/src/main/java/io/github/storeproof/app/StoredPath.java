package io.github.storeproof.app;

import io.github.storeproof.castorefs.Stores;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.posix.RawPath;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Something in a store that a command line names: a store path, and a path below it.
///
/// @param pathInfo of the store path
/// @param node what is there
record StoredPath(PathInfo pathInfo, Node node) {
  private static final String STORE = StorePath.STORE_DIRECTORY + "/";

  /// Finds it.
  ///
  /// @param path `/nix/store/<digest>-<name>` or the basename alone, and names of entries behind it
  /// @throws StoreException [StoreFailure#REFUSED] when there is no such path
  static StoredPath find(Stores stores, RawPath path) throws StoreException {
    // One character for each byte.
    String text = new String(path.toBytes(), StandardCharsets.ISO_8859_1);
    String inStore = text.startsWith(STORE) ? text.substring(STORE.length()) : text;
    String[] names = inStore.split("/+");
    PathInfo pathInfo = pathInfo(stores, names[0]);
    Node node = pathInfo.node();
    for (int i = 1; i < names.length; i++) {
      node = child(stores, node, names[i], text);
    }
    return new StoredPath(pathInfo, node);
  }

  private static PathInfo pathInfo(Stores stores, String basename) throws StoreException {
    try {
      StorePath storePath = StorePath.parse(basename);
      Optional<PathInfo> found = stores.pathInfos().get(storePath.digest());
      return found
          .filter(pathInfo -> pathInfo.path().equals(storePath))
          .orElseThrow(() -> refused(storePath.absolutePath() + " is not in the store"));
    } catch (InvalidDataException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private static Node child(Stores stores, Node parent, String name, String path)
      throws StoreException {
    if (!(parent instanceof DirectoryNode directory)) {
      throw refused(path + ": what is before " + name + " is no directory");
    }
    byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return directory(stores, directory)
          .find(PathComponent.of(bytes))
          .orElseThrow(() -> refused(path + ": there is no " + name));
    } catch (InvalidDataException e) {
      throw refused(path + ": " + e.getMessage());
    }
  }

  static Directory directory(Stores stores, DirectoryNode node) throws StoreException {
    return stores
        .directories()
        .get(node.digest())
        .orElseThrow(() ->
            new StoreException(
                StoreFailure.MISSING, "directory " + node.digest() + " is not there"));
  }

  private static StoreException refused(String message) {
    return new StoreException(StoreFailure.REFUSED, message);
  }
}
