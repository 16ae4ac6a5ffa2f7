package io.github.storeproof.castorefs;

import io.github.storeproof.model.Node;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.PathInfo;

/// A store path as an entry of the root directory. *Immutable.*
record RootEntry(PathComponent name, Node node) {
  static RootEntry of(PathInfo pathInfo) {
    return new RootEntry(PathComponent.of(pathInfo.path().basename()), pathInfo.node());
  }
}
