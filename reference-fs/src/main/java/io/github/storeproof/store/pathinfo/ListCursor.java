package io.github.storeproof.store.pathinfo;

import io.github.storeproof.model.PathInfo;
import io.github.storeproof.store.Cursor;
import java.util.Iterator;
import java.util.Optional;

/// Gives path infos that are in memory already. *Confined.*
record ListCursor(Iterator<PathInfo> pathInfos) implements Cursor<PathInfo> {
  @Override
  public Optional<PathInfo> next() {
    return pathInfos.hasNext() ? Optional.of(pathInfos.next()) : Optional.empty();
  }

  @Override
  public void close() {}
}
