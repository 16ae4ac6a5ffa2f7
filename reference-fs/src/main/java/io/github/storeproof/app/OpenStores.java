package io.github.storeproof.app;

import io.github.storeproof.castorefs.Stores;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.importer.StoreImporter;
import io.github.storeproof.store.importer.TreeImporter;

/// The stores of a command, and the import into them. Stores in memory live as long as the process.
/// Closing ends connections and the import's threads.
final class OpenStores implements AutoCloseable {
  private final StoreConnections connections;
  private final Stores stores;
  private final TreeImporter trees;

  private OpenStores(StoreConnections connections, Stores stores) {
    this.connections = connections;
    this.stores = stores;
    this.trees = new TreeImporter(stores.blobs(), stores.directories(), StoreConnections.SIZE_RULE);
  }

  /// Says which services of the connections are used.
  @FunctionalInterface
  interface Selection {
    Stores of(StoreConnections connections) throws StoreException;
  }

  /// Stores in memory.
  static OpenStores inMemory() {
    try {
      return open(
          StoreConnections.Reaching.PLAIN,
          connections -> connections.all(new StoreAddress.Memory()));
    } catch (StoreException e) {
      throw new IllegalStateException("memory needs no opening", e);
    }
  }

  /// Opens stores.
  ///
  /// @param reaching how stores elsewhere are asked
  static OpenStores open(StoreConnections.Reaching reaching, Selection selection)
      throws StoreException {
    StoreConnections connections = new StoreConnections(reaching);
    try {
      return new OpenStores(connections, selection.of(connections));
    } catch (StoreException e) {
      connections.close();
      throw e;
    }
  }

  Stores stores() {
    return stores;
  }

  StoreImporter importer() {
    return new StoreImporter(trees, stores.pathInfos());
  }

  @Override
  public void close() {
    trees.close();
    connections.close();
  }
}
