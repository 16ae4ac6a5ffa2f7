package io.github.storeproof.castorefs;

import io.github.storeproof.model.Node;
import io.github.storeproof.model.PathComponent;

/// The entries of one directory in the order in which they are listed, without `.` and `..`. An
/// entry keeps its index as long as a reader may come back to it.
interface Listing {
  int entryCount();

  PathComponent nameAt(int index);

  Node nodeAt(int index);

  /// The inode of the entry, its lookup count raised by one.
  Inode lookup(int index);
}
