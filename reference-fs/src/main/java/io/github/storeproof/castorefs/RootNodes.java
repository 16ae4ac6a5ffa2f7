package io.github.storeproof.castorefs;

import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.pathinfo.PathInfoService;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The entries of the root: store paths, found by their whole basenames (rule ROOT-3).
///
/// *Thread-safe*: the service is asked outside of the lock.
final class RootNodes implements Siblings {
  private final InodeTable table;
  private final PathInfoService pathInfos;
  private final Map<PathComponent, Inode> inodes = new HashMap<>();

  RootNodes(InodeTable table, PathInfoService pathInfos) {
    this.table = table;
    this.pathInfos = pathInfos;
  }

  @Override
  public long parentIno() {
    return Inos.ROOT;
  }

  /// The inode of the store path with this basename, its lookup count raised by one; empty when
  /// there is none.
  Optional<Inode> lookup(byte[] name) throws StoreException {
    Optional<StorePath> asked = storePathOf(name);
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    Optional<PathInfo> found = pathInfos.get(asked.get().digest());
    return found
        .filter(pathInfo -> pathInfo.path().equals(asked.get()))
        .map(RootEntry::of)
        .map(this::lookup);
  }

  /// The inode of an entry that exists, its lookup count raised by one.
  synchronized Inode lookup(RootEntry entry) {
    Inode inode =
        inodes.computeIfAbsent(entry.name(), name -> table.create(this, name, entry.node()));
    inode.count(1);
    return inode;
  }

  @Override
  public synchronized void forget(Inode inode, long lookupCount) {
    if (inode.count(-lookupCount) <= 0 && inodes.remove(inode.name(), inode)) {
      table.remove(inode);
    }
  }

  private static Optional<StorePath> storePathOf(byte[] name) {
    try {
      return Optional.of(StorePath.parse(new String(name, StandardCharsets.ISO_8859_1)));
    } catch (InvalidDataException _) {
      return Optional.empty();
    }
  }
}
