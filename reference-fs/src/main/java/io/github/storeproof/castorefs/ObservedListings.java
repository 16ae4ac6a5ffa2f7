package io.github.storeproof.castorefs;

import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.pathinfo.PathInfoListener;
import io.github.storeproof.store.pathinfo.PathInfoService;
import java.util.HashSet;
import java.util.Set;

/// One listing for all readers, read once from the service and kept up to date by what it tells: it
/// only grows, at its end, so that every reader's offset stays good.
///
/// *Thread-safe.*
final class ObservedListings implements RootListings, PathInfoListener {
  private final RootNodes roots;
  private final PathInfoService pathInfos;
  private final Set<PathComponent> names = new HashSet<>();
  private volatile RootListing listing;
  private volatile boolean isRead;

  ObservedListings(RootNodes roots, PathInfoService pathInfos) {
    this.roots = roots;
    this.pathInfos = pathInfos;
    this.listing = RootListing.empty(roots);
  }

  @Override
  public void added(PathInfo pathInfo) {
    add(RootEntry.of(pathInfo));
  }

  @Override
  public boolean needsHandle() {
    return false;
  }

  @Override
  public boolean mayBlock() {
    return !isRead && pathInfos.mayBlock();
  }

  @Override
  public long open() {
    return 0;
  }

  @Override
  public Listing at(long handle, long offset) throws StoreException {
    if (!isRead) {
      // Listening began before: nothing that appears meanwhile is lost.
      RootListing all = RootListing.read(roots, pathInfos);
      for (int i = 0; i < all.entryCount(); i++) {
        add(all.entryAt(i));
      }
      isRead = true;
    }
    return listing;
  }

  @Override
  public void close(long handle) {}

  private synchronized void add(RootEntry entry) {
    if (names.add(entry.name())) {
      listing = listing.with(entry);
    }
  }
}
