package io.github.storeproof.store.pathinfo;

import io.github.storeproof.model.PathInfo;

/// Hears of store paths that appear. Called on the thread that put the path info, after it became
/// visible, outside of all locks.
@FunctionalInterface
public interface PathInfoListener {
  void added(PathInfo pathInfo);
}
