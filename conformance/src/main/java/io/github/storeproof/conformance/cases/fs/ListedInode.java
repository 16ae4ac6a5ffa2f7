package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.prober.wire.Dirent;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Compares `d_ino` of one listing with `st_ino` of each of its entries. *Confined.*
///
/// The listing is decoded once, however many entries are compared with it.
final class ListedInode {
  private @Nullable Observation decoded;
  private final Map<Bytes, Long> inodes = new HashMap<>();

  private ListedInode() {}

  /// Adds an lstat of each entry after a listing, and that both show the same inode number.
  static void add(Trial trial, ListedDirectory directory, Slot listing) {
    ListedInode inodes = new ListedInode();
    for (Bytes name : directory.names()) {
      Slot attributes = trial.calls().lstat(path(directory, name));
      trial.want(
          "the same inode number by listing and by lstat for "
              + Listings.shown(name)
              + " in "
              + directory,
          List.of(listing, attributes),
          observed -> inodes.deviation(observed.getFirst(), observed.get(1), name));
    }
  }

  private Optional<String> deviation(Observation listing, Observation attributes, Bytes name) {
    decode(listing);
    Long listed = inodes.get(name);
    if (listed == null) {
      return Optional.of("it is not in the listing");
    }
    if (!attributes.ok()) {
      return Optional.of("lstat failed with " + attributes.errno().name());
    }
    long ino = Decoded.stat(attributes).ino();
    return listed == ino ? Optional.empty() : Optional.of("d_ino " + listed + ", st_ino " + ino);
  }

  private void decode(Observation listing) {
    if (decoded != listing) {
      decoded = listing;
      inodes.clear();
      for (Dirent entry : Decoded.dirents(listing)) {
        inodes.put(entry.name(), entry.ino());
      }
    }
  }

  private static byte[] path(ListedDirectory directory, Bytes name) {
    ByteArrayOutputStream path = new ByteArrayOutputStream();
    path.writeBytes(directory.path().toArray());
    if (path.size() > 0) {
      path.write('/');
    }
    path.writeBytes(name.toArray());
    return path.toByteArray();
  }
}
