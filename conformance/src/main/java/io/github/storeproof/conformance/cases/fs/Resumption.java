package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.prober.wire.Dirent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What follows a seek to the `d_off` of an entry: the entries that followed it in the listing that
/// showed it. *Confined.*
final class Resumption {
  private final int entry;
  private final boolean toTheEnd;
  private @Nullable Observation decoded;
  private List<Dirent> listing = List.of();

  private Resumption(int entry, boolean toTheEnd) {
    this.entry = entry;
    this.toTheEnd = toTheEnd;
  }

  /// One getdents64 after the seek gives one or more of the following entries.
  ///
  /// @param slots the listing, the seek and the getdents64
  static void next(Trial trial, ListedDirectory directory, int entry, List<Slot> slots) {
    want(trial, directory, slots, new Resumption(entry, false));
  }

  /// A listing after the seek gives all of the following entries.
  ///
  /// @param slots the listing, the seek and the second listing
  static void all(Trial trial, ListedDirectory directory, int entry, List<Slot> slots) {
    want(trial, directory, slots, new Resumption(entry, true));
  }

  private static void want(
      Trial trial, ListedDirectory directory, List<Slot> slots, Resumption resumption) {
    trial.want(
        "what followed entry "
            + resumption.entry
            + " of the listing of "
            + directory
            + ", after an lseek to its d_off",
        slots,
        resumption::deviation);
  }

  private Optional<String> deviation(List<Observation> observed) {
    Observation seek = observed.get(1);
    Observation next = observed.get(2);
    decode(observed.getFirst());
    if (entry >= listing.size()) {
      return Optional.of("the listing has " + listing.size() + " entries only");
    }
    if (!seek.ok()) {
      return Optional.of(
          "lseek to d_off " + listing.get(entry).off() + " failed with " + seek.errno().name());
    }
    if (!next.ok()) {
      return Optional.of(
          "getdents64 after lseek to d_off "
              + listing.get(entry).off()
              + " failed with "
              + next.errno().name());
    }
    return difference(listing.subList(entry + 1, listing.size()), Decoded.dirents(next));
  }

  private Optional<String> difference(List<Dirent> wanted, List<Dirent> seen) {
    for (int at = 0; at < seen.size(); at++) {
      Bytes name = seen.get(at).name();
      if (at >= wanted.size()) {
        return Optional.of(Listings.shown(name) + " instead of the end" + behind());
      }
      if (!name.equals(wanted.get(at).name())) {
        return Optional.of(
            Listings.shown(name)
                + " instead of "
                + Listings.shown(wanted.get(at).name())
                + behind());
      }
    }
    boolean short_ = seen.size() < wanted.size() && (toTheEnd || seen.isEmpty());
    return short_
        ? Optional.of(
            "the end instead of " + Listings.shown(wanted.get(seen.size()).name()) + behind())
        : Optional.empty();
  }

  private String behind() {
    return " behind " + Listings.shown(listing.get(entry).name());
  }

  private void decode(Observation observed) {
    if (decoded != observed) {
      decoded = observed;
      listing = Decoded.dirents(observed);
    }
  }
}
