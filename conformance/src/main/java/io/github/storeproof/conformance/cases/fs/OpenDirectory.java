package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Operand;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The model of an open file description of a directory: a [StreamModel] over what a listing by another descriptor showed,
/// since the order of entries and their offsets are the filesystem's own. *Confined.*
final class OpenDirectory {
  private static final int STREAM = 0;

  private final ListedDirectory directory;
  private final Slot listing;
  private final List<StreamStep> steps = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private final List<Slot> slots = new ArrayList<>();

  /// Adds the listing that the later ones are compared with.
  OpenDirectory(Trial trial, ListedDirectory directory) {
    this.directory = directory;
    this.listing = directory.list(trial, 32_768);
    trial.want(
        "each of the " + directory.names().size() + " entries of " + directory + " once",
        List.of(listing),
        Listings.complete(directory));
  }

  /// getdents64(2).
  void read(Trial trial, Place place, Operand fd, int bufferBytes) {
    add(
        trial,
        place,
        new StreamStep.Read(STREAM, bufferBytes),
        calls -> calls.getdents(fd, bufferBytes));
  }

  /// lseek(2) to the offset of an entry, by its number modulo the entries.
  void seek(Trial trial, Place place, Operand fd, int number) {
    int entry = number % directory.names().size();
    add(
        trial,
        place,
        new StreamStep.Seek(STREAM, entry),
        calls -> calls.seekdirBehind(fd, listing, entry));
  }

  /// lseek(2) to the start.
  void rewind(Trial trial, Place place, Operand fd) {
    add(trial, place, new StreamStep.Rewind(STREAM), calls -> calls.seekdir(fd, 0));
  }

  private void add(Trial trial, Place place, StreamStep step, Function<Script.Builder, Slot> call) {
    steps.add(step);
    places.add(place);
    slots.add(place.call(trial, call));
  }

  /// Whether a position can be asked for by the offset of an entry.
  boolean hasEntries() {
    return !directory.names().isEmpty();
  }

  /// Adds what all calls must have answered.
  void finish(Trial trial) {
    if (steps.isEmpty()) {
      return;
    }
    List<Slot> all = new ArrayList<>(List.of(listing));
    all.addAll(slots);
    trial.want(
        "a stream of " + directory + " that follows the model of a directory stream",
        all,
        this::deviation);
  }

  private Optional<String> deviation(List<Observation> observed) {
    StreamModel model = new StreamModel(Decoded.dirents(observed.getFirst()));
    for (int at = 0; at < steps.size(); at++) {
      Observation seen = places.get(at).seen(observed.get(at + 1));
      Optional<String> deviation = model.take(steps.get(at), seen);
      if (deviation.isPresent()) {
        return Optional.of(
            "call " + (at + 1) + " on the stream, " + steps.get(at) + ": " + deviation.get());
      }
    }
    return Optional.empty();
  }
}
