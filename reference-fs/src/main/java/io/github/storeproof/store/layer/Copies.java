package io.github.storeproof.store.layer;

import io.github.storeproof.store.StoreException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Copies that are made while others go on: each thing once at a time, and few things. *Thread-safe.*
final class Copies<K> {
  private static final System.Logger LOG = System.getLogger(Copies.class.getName());
  private static final int MOST_AT_A_TIME = 4;

  private final Set<K> running = ConcurrentHashMap.newKeySet();

  /// Makes one copy.
  @FunctionalInterface
  interface Copy {
    void make() throws StoreException;
  }

  /// Starts a copy, unless it is being made or too many are: then it is made another time.
  void start(K what, Copy copy) {
    if (running.size() >= MOST_AT_A_TIME || !running.add(what)) {
      return;
    }
    Thread.startVirtualThread(() -> {
      try {
        copy.make();
      } catch (StoreException e) {
        LOG.log(System.Logger.Level.WARNING, "{0} is not kept: {1}", what, e.getMessage());
      } finally {
        running.remove(what);
      }
    });
  }
}
