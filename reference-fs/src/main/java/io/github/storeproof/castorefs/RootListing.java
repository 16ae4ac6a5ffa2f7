package io.github.storeproof.castorefs;

import io.github.storeproof.model.Node;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.pathinfo.PathInfoService;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The root's entries at one time. A listing made from it by [#with] keeps its entries and their
/// indexes. *Immutable.*
final class RootListing implements Listing {
  private static final int FIRST_CAPACITY = 64;

  private final RootNodes roots;
  // May have room behind entryCount, which later listings fill: each of them sees its own entries
  // only.
  private final RootEntry[] entries;
  private final int entryCount;

  private RootListing(RootNodes roots, RootEntry[] entries, int entryCount) {
    this.roots = roots;
    this.entries = entries;
    this.entryCount = entryCount;
  }

  static RootListing empty(RootNodes roots) {
    return new RootListing(roots, new RootEntry[FIRST_CAPACITY], 0);
  }

  /// All store paths that the service lists now.
  static RootListing read(RootNodes roots, PathInfoService service) throws StoreException {
    RootListing listing = empty(roots);
    Set<PathComponent> names = new HashSet<>();
    try (Cursor<PathInfo> cursor = service.list()) {
      for (Optional<PathInfo> next = cursor.next(); next.isPresent(); next = cursor.next()) {
        RootEntry entry = RootEntry.of(next.get());
        if (names.add(entry.name())) {
          listing = listing.with(entry);
        }
      }
    }
    return listing;
  }

  /// This listing with one more entry at its end. Called once only on each listing, by one thread
  /// at a time.
  RootListing with(RootEntry entry) {
    RootEntry[] grown =
        entryCount < entries.length ? entries : Arrays.copyOf(entries, 2 * entryCount);
    grown[entryCount] = entry;
    return new RootListing(roots, grown, entryCount + 1);
  }

  RootEntry entryAt(int index) {
    return entries[index];
  }

  @Override
  public int entryCount() {
    return entryCount;
  }

  @Override
  public PathComponent nameAt(int index) {
    return entries[index].name();
  }

  @Override
  public Node nodeAt(int index) {
    return entries[index].node();
  }

  @Override
  public Inode lookup(int index) {
    return roots.lookup(entries[index]);
  }
}
