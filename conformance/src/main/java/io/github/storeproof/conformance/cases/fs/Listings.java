package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Expectation;
import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Call;
import io.github.storeproof.conformance.prober.Escapes;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.wire.Dirent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What listings of a directory may show. Whether they show `.` and `..` is free.
final class Listings {
  private static final int SHOWN_NAMES = 4;
  private static final int SHOWN_NAME_BYTES = 40;
  private static final int SHOWN_CALLS = 12;

  private Listings() {}

  /// The answers are the parts of one listing: together each entry once, then the end.
  static Expectation.Judge complete(ListedDirectory directory) {
    return observed -> problem(observed).or(() -> strays(directory, observed));
  }

  /// The answers are parts of a listing: entries of the directory, none twice, perhaps not all.
  static Expectation.Judge part(ListedDirectory directory) {
    return observed -> {
      List<Dirent> entries = entries(observed);
      return Decoded.firstError(observed)
          .or(() -> ghosts(directory, entries))
          .or(() -> repeated(counts(entries)).map(text -> text + " in one listing"));
    };
  }

  /// Each entry of a listing has a `d_off` of its own that is not 0, and the listing ends.
  static Expectation.Judge ownOffsets() {
    return observed -> problem(observed).or(() -> sharedOffset(entries(observed)));
  }

  /// An entry whose `d_ino` is 0, where there is one.
  static Optional<String> numberZero(Observation listing) {
    return problem(listing)
        .or(() ->
            Decoded.dirents(listing).stream()
                .filter(entry -> entry.ino() == 0)
                .findFirst()
                .map(entry -> "d_ino 0 at " + shown(entry.name())));
  }

  /// All listings show the same names in the same order.
  static Expectation.Judge sameOrder() {
    return observed ->
        observed.stream()
            .map(Listings::problem)
            .flatMap(Optional::stream)
            .findFirst()
            .or(() -> firstMoved(observed));
  }

  /// The entries of some answers, in their order.
  static List<Dirent> entries(List<Observation> observed) {
    List<Dirent> all = new ArrayList<>();
    observed.forEach(each -> all.addAll(Decoded.dirents(each)));
    return all;
  }

  /// The names of entries, without `.` and `..`.
  static List<Bytes> names(List<Dirent> entries) {
    return entries.stream().filter(entry -> !entry.isDot()).map(Dirent::name).toList();
  }

  /// A name as a message shows it.
  static String shown(Bytes name) {
    return Escapes.quote(name.toArray(), SHOWN_NAME_BYTES);
  }

  /// What keeps the answers from being a listing up to its end: an error, or no end.
  private static Optional<String> problem(List<Observation> observed) {
    return observed.stream().map(Listings::problem).flatMap(Optional::stream).findFirst();
  }

  private static Optional<String> problem(Observation observed) {
    int calls = observed.outs().size();
    if (!observed.ok()) {
      String place =
          observed.call() instanceof Call.ListAll
              ? " from call " + (calls + 1) + " of the listing"
              : " from getdents64";
      return Optional.of(
          observed.errno().name()
              + place
              + ", after "
              + Decoded.dirents(observed).size()
              + " entries");
    }
    if (observed.call() instanceof Call.ListAll && observed.result() > 0) {
      return Optional.of(
          "no end after "
              + calls
              + " calls and "
              + Decoded.dirents(observed).size()
              + " entries"
              + firstRepeated(observed));
    }
    return Optional.empty();
  }

  private static String firstRepeated(Observation observed) {
    return repeated(counts(Decoded.dirents(observed))).map(text -> ": " + text).orElse("");
  }

  private static Optional<String> strays(ListedDirectory directory, List<Observation> observed) {
    List<Dirent> entries = entries(observed);
    Map<Bytes, Integer> counts = counts(entries);
    List<String> strays = new ArrayList<>();
    missing(directory, counts).ifPresent(strays::add);
    repeated(counts).ifPresent(strays::add);
    ghosts(directory, entries).ifPresent(strays::add);
    if (strays.isEmpty()) {
      return Optional.empty();
    }
    String seen =
        names(entries).size()
            + " entries in "
            + calls(observed)
            + ", want "
            + directory.names().size()
            + ": ";
    return Optional.of(seen + String.join("; ", strays));
  }

  private static Optional<String> missing(ListedDirectory directory, Map<Bytes, Integer> counts) {
    List<Bytes> missing =
        directory.names().stream().filter(name -> !counts.containsKey(name)).toList();
    return missing.isEmpty() ? Optional.empty() : Optional.of("missing " + some(missing));
  }

  private static Optional<String> repeated(Map<Bytes, Integer> counts) {
    List<Bytes> repeated =
        counts.entrySet().stream()
            .filter(each -> each.getValue() > 1)
            .map(Map.Entry::getKey)
            .toList();
    return repeated.isEmpty() ? Optional.empty() : Optional.of("listed twice " + some(repeated));
  }

  private static Optional<String> ghosts(ListedDirectory directory, List<Dirent> entries) {
    List<Bytes> ghosts =
        names(entries).stream()
            .filter(name -> !directory.names().contains(name))
            .distinct()
            .toList();
    return ghosts.isEmpty()
        ? Optional.empty()
        : Optional.of("not in the directory, but listed " + some(ghosts));
  }

  private static Optional<String> sharedOffset(List<Dirent> entries) {
    Map<Long, Bytes> byOffset = new HashMap<>();
    for (Dirent entry : entries) {
      if (entry.off() == 0) {
        return Optional.of(
            "d_off 0 at " + shown(entry.name()) + ", which is where the listing starts");
      }
      Bytes other = byOffset.putIfAbsent(entry.off(), entry.name());
      if (other != null) {
        return Optional.of(
            "d_off " + entry.off() + " at both " + shown(other) + " and " + shown(entry.name()));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> firstMoved(List<Observation> observed) {
    List<Bytes> first = names(Decoded.dirents(observed.getFirst()));
    for (int listing = 1; listing < observed.size(); listing++) {
      List<Bytes> other = names(Decoded.dirents(observed.get(listing)));
      Optional<String> moved = firstDifference(first, other);
      if (moved.isPresent()) {
        return Optional.of(
            "listing "
                + (listing + 1)
                + " of "
                + observed.size()
                + " differs from the first "
                + moved.get());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> firstDifference(List<Bytes> first, List<Bytes> other) {
    for (int at = 0; at < Math.max(first.size(), other.size()); at++) {
      String now = at < other.size() ? shown(other.get(at)) : "the end";
      String before = at < first.size() ? shown(first.get(at)) : "the end";
      if (!now.equals(before)) {
        return Optional.of("at entry " + at + ": " + now + " instead of " + before);
      }
    }
    return Optional.empty();
  }

  private static Map<Bytes, Integer> counts(List<Dirent> entries) {
    Map<Bytes, Integer> counts = new LinkedHashMap<>();
    entries.forEach(entry -> counts.merge(entry.name(), 1, Integer::sum));
    return counts;
  }

  private static String calls(List<Observation> observed) {
    List<Integer> sizes = new ArrayList<>();
    observed.forEach(
        each -> each.outs().forEach(block -> sizes.add(Dirent.decodeAll(block.toArray()).size())));
    String shown =
        sizes.stream().limit(SHOWN_CALLS).map(String::valueOf).collect(Collectors.joining(", "));
    return sizes.size() + " calls (" + shown + (sizes.size() > SHOWN_CALLS ? ", …)" : ")");
  }

  private static String some(List<Bytes> names) {
    String shown =
        names.stream().limit(SHOWN_NAMES).map(Listings::shown).collect(Collectors.joining(", "));
    return names.size() > SHOWN_NAMES
        ? shown + " and " + (names.size() - SHOWN_NAMES) + " more"
        : shown;
  }
}
