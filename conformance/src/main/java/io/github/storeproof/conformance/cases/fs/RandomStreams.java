package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Property;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.prober.wire.Dirent;
import io.github.storeproof.conformance.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/// A property over random scripts of getdents64 and lseek on several streams of a directory: they
/// follow [StreamModel].
final class RandomStreams {
  private static final int TRIES = 120;
  private static final int MOST_STEPS = 40;

  private final List<ListedDirectory> directories;

  private RandomStreams(List<ListedDirectory> directories) {
    this.directories = directories;
  }

  /// Tries random scripts on directories of the shared mount.
  ///
  /// @throws Mismatch with the smallest script for the first that fails
  static void look(Subject subject) {
    List<ListedDirectory> directories =
        ListedDirectory.below(subject.fixture()).stream()
            .filter(each -> !each.names().isEmpty())
            .toList();
    if (directories.isEmpty()) {
      subject.skip("the fixture has no directory with entries that can be listed");
    }
    RandomStreams streams = new RandomStreams(directories);
    Property.check(subject, streams.walks(), TRIES, streams::look);
  }

  /// A directory and what is done to its streams.
  private record Walk(int directory, boolean cold, List<StreamStep> steps) {}

  private Arbitrary<Walk> walks() {
    return Combinators.combine(
            Arbitraries.integers().between(0, directories.size() - 1),
            Arbitraries.of(false, false, false, false, false, false, false, false, false, true),
            steps().list().ofMinSize(1).ofMaxSize(MOST_STEPS))
        .as(Walk::new);
  }

  private static Arbitrary<StreamStep> steps() {
    Arbitrary<Integer> stream = Arbitraries.integers().between(0, StreamStep.STREAMS - 1);
    Arbitrary<Integer> bufferBytes =
        Arbitraries.frequencyOf(
            List.of(weighted(3, 24, 400), weighted(2, 400, 5000), weighted(1, 5000, 70_000)));
    Arbitrary<StreamStep> read = Combinators.combine(stream, bufferBytes).as(StreamStep.Read::new);
    Arbitrary<StreamStep> seek =
        Combinators.combine(stream, Arbitraries.integers().between(0, 5000))
            .as(StreamStep.Seek::new);
    Arbitrary<StreamStep> rewind = stream.map(StreamStep.Rewind::new);
    Arbitrary<StreamStep> tell = stream.map(StreamStep.Tell::new);
    return Arbitraries.frequencyOf(
        List.of(Tuple.of(6, read), Tuple.of(3, seek), Tuple.of(1, rewind), Tuple.of(1, tell)));
  }

  private static Tuple.Tuple2<Integer, Arbitrary<Integer>> weighted(int weight, int from, int to) {
    return Tuple.of(weight, Arbitraries.integers().between(from, to));
  }

  private void look(Trial trial, Walk walk) {
    ListedDirectory directory = directories.get(walk.directory());
    List<StreamStep> steps = walk.steps().stream().map(step -> inside(step, directory)).toList();
    List<Slot> slots = new ArrayList<>();
    Slot listing = directory.list(trial, 32_768);
    slots.add(listing);
    if (walk.cold()) {
      trial.calls().dropCaches();
    }
    Slot first = directory.open(trial);
    Slot second = directory.open(trial);
    List<Slot> streams = List.of(first, second, trial.calls().dup(first));
    steps.forEach(step -> slots.add(call(trial, step, streams, listing)));
    streams.forEach(stream -> trial.calls().close(stream));
    trial.want(
        "streams of " + directory + " that follow the model of a directory stream",
        slots,
        observed -> deviation(steps, observed));
  }

  private static StreamStep inside(StreamStep step, ListedDirectory directory) {
    return step instanceof StreamStep.Seek(int stream, int entry)
        ? new StreamStep.Seek(stream, entry % directory.names().size())
        : step;
  }

  private static Slot call(Trial trial, StreamStep step, List<Slot> streams, Slot listing) {
    Slot fd = streams.get(step.stream());
    return switch (step) {
      case StreamStep.Read(_, int bufferBytes) -> trial.calls().getdents(fd, bufferBytes);
      case StreamStep.Seek(_, int entry) -> trial.calls().seekdirBehind(fd, listing, entry);
      case StreamStep.Rewind _ -> trial.calls().seekdir(fd, 0);
      case StreamStep.Tell _ -> trial.calls().telldir(fd);
    };
  }

  private static Optional<String> deviation(List<StreamStep> steps, List<Observation> observed) {
    List<Dirent> entries = Decoded.dirents(observed.getFirst());
    StreamModel model = new StreamModel(entries);
    for (int at = 0; at < steps.size(); at++) {
      StreamStep step = steps.get(at);
      Optional<String> deviation = model.take(step, observed.get(at + 1));
      if (deviation.isPresent()) {
        return Optional.of("step " + (at + 1) + ", " + step + ": " + deviation.get());
      }
    }
    return Optional.empty();
  }
}
