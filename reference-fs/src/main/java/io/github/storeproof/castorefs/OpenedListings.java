package io.github.storeproof.castorefs;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.pathinfo.PathInfoService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// A listing for each reader, read from the service when it starts and when it rewinds: for a
/// service that does not tell of its changes.
///
/// *Thread-safe.*
final class OpenedListings implements RootListings {
  private final RootNodes roots;
  private final PathInfoService pathInfos;
  private final ConcurrentHashMap<Long, RootListing> listings = new ConcurrentHashMap<>();
  private final AtomicLong nextHandle = new AtomicLong(1);

  OpenedListings(RootNodes roots, PathInfoService pathInfos) {
    this.roots = roots;
    this.pathInfos = pathInfos;
  }

  @Override
  public boolean needsHandle() {
    return true;
  }

  @Override
  public boolean mayBlock() {
    return pathInfos.mayBlock();
  }

  @Override
  public long open() {
    long handle = nextHandle.getAndIncrement();
    listings.put(handle, RootListing.empty(roots));
    return handle;
  }

  @Override
  public Listing at(long handle, long offset) throws ErrnoException, StoreException {
    RootListing listing = listings.get(handle);
    if (listing == null) {
      throw new ErrnoException(Errno.EBADF, "handle " + handle + " is not open");
    }
    if (offset != 0) {
      return listing;
    }
    RootListing fresh = RootListing.read(roots, pathInfos);
    listings.replace(handle, fresh);
    return fresh;
  }

  @Override
  public void close(long handle) {
    listings.remove(handle);
  }
}
