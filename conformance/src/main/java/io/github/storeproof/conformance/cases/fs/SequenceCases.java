package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.cases.fs.SequenceStep.Verb;
import io.github.storeproof.conformance.oracle.Property;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/// Random sequences of calls on a few nodes, compared with [SequenceModel].
public final class SequenceCases {
  private static final int TRIES = 40;
  private static final int MOST_STEPS = 60;
  private static final int OF_EACH_KIND = 2;
  private static final int SMALLEST_DIRECTORY = 5;
  private static final int LARGEST_DIRECTORY = 300;

  @Checks("SEQ-1")
  void sequencesFollowTheModel(Subject subject) {
    SequenceModel.Nodes nodes = nodes(subject);
    if (nodes.isEmpty()) {
      subject.skip("the fixture has no regular file, or no directory with entries");
    }
    Property.check(subject, sequences(), TRIES, (trial, steps) -> look(trial, nodes, steps));
  }

  /// All orders in which two handles of one node can be opened, used twice and closed.
  @Checks("SEQ-1")
  void twoHandlesOfANodeAreApart(Subject subject) {
    SequenceModel.Nodes nodes = nodes(subject);
    if (nodes.isEmpty()) {
      subject.skip("the fixture has no regular file, or no directory with entries");
    }
    Trial trial = new Trial();
    for (List<SequenceStep> steps : TwoHandles.ofAFile()) {
      look(trial, nodes, steps);
    }
    for (List<SequenceStep> steps : TwoHandles.ofADirectory()) {
      look(trial, nodes, steps);
    }
    Trials.run(subject, trial);
  }

  private static void look(Trial trial, SequenceModel.Nodes nodes, List<SequenceStep> steps) {
    SequenceModel model = new SequenceModel(trial, nodes);
    steps.forEach(model::take);
    model.finish();
  }

  /// Few nodes, so that steps meet on the same ones.
  private static SequenceModel.Nodes nodes(Subject subject) {
    List<FixtureEntry> all = new ArrayList<>(subject.fixture().walk());
    Collections.shuffle(all, subject.random());
    List<FixtureEntry> chosen = new ArrayList<>(Files.largest(subject, 1));
    List<Predicate<FixtureEntry>> kinds =
        List.of(
            SequenceCases::isSmallDirectory,
            entry -> entry.tree() instanceof Tree.File,
            entry -> entry.tree() instanceof Tree.Link);
    for (Predicate<FixtureEntry> kind : kinds) {
      all.stream().filter(kind).limit(OF_EACH_KIND).forEach(chosen::add);
    }
    return SequenceModel.Nodes.of(chosen);
  }

  private static boolean isSmallDirectory(FixtureEntry entry) {
    return entry.tree() instanceof Tree.Dir(var children)
        && children.size() >= SMALLEST_DIRECTORY
        && children.size() <= LARGEST_DIRECTORY;
  }

  private static Arbitrary<List<SequenceStep>> sequences() {
    return steps()
        .list()
        .ofMinSize(1)
        .ofMaxSize(MOST_STEPS)
        .withSizeDistribution(RandomDistribution.uniform())
        .withoutEdgeCases();
  }

  private static Arbitrary<SequenceStep> steps() {
    Arbitrary<Verb> verb =
        Arbitraries.frequencyOf(
            Tuple.of(100, Arbitraries.of(Verb.class).filter(each -> each != Verb.DROP_CACHES)),
            Tuple.of(60, Arbitraries.of(Verb.READ, Verb.OPEN_FILE, Verb.LIST, Verb.SEEK)),
            Tuple.of(1, Arbitraries.just(Verb.DROP_CACHES)));
    Arbitrary<Place> place =
        Arbitraries.frequency(
            Tuple.of(400, Place.HERE), Tuple.of(80, Place.THREAD), Tuple.of(1, Place.PROCESS));
    Arbitrary<Integer> bytes =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.integers().between(24, 600)),
            Tuple.of(2, Arbitraries.integers().between(600, 9000)),
            Tuple.of(1, Arbitraries.integers().between(9000, 140_000)));
    return Combinators.combine(
            verb,
            place,
            Arbitraries.integers().between(0, 63).withDistribution(RandomDistribution.uniform()),
            bytes,
            Arbitraries.integers().between(0, 1100))
        .as(SequenceStep::new)
        .withoutEdgeCases();
  }
}
