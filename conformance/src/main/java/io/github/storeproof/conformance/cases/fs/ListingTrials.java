package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.conformance.target.LiveMount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/// Looks at many directories, in scripts of bounded size, on the shared mount or on another.
final class ListingTrials {
  private static final int MOST_DIRECTORIES = 150;
  private static final int MOST_ENTRIES = 8000;

  private static final int LARGEST = 4;

  private final List<ListedDirectory> directories;
  private final Consumer<Trial> runner;

  private ListingTrials(List<ListedDirectory> directories, Consumer<Trial> runner) {
    this.directories = directories;
    this.runner = runner;
  }

  /// All directories of the shared mount but its root, for which ROOT-2 has cases of its own: what serves it is often other
  /// code, and its faults would hide those of all others.
  static ListingTrials everywhere(Subject subject) {
    return everywhere(subject, ListedDirectory.below(subject.fixture()));
  }

  /// The same, and the root behind them where it can be listed.
  static ListingTrials andAtTheRoot(Subject subject) {
    return everywhere(subject, ListedDirectory.andRoot(subject));
  }

  private static ListingTrials everywhere(Subject subject, List<ListedDirectory> directories) {
    if (directories.isEmpty()) {
      subject.skip("the fixture has no directory that can be listed");
    }
    return new ListingTrials(directories, trial -> Trials.run(subject, trial));
  }

  /// These directories of another mount.
  static ListingTrials on(Subject subject, LiveMount mount, List<ListedDirectory> directories) {
    return new ListingTrials(directories, trial -> trial.run(script -> subject.run(mount, script)));
  }

  /// Only the directories that have at least so many entries.
  ListingTrials ofAtLeast(int entryCount) {
    return new ListingTrials(
        directories.stream().filter(each -> each.names().size() >= entryCount).toList(), runner);
  }

  /// Only the directories that have at most so many entries.
  ListingTrials ofAtMost(int entryCount) {
    return new ListingTrials(
        directories.stream().filter(each -> each.names().size() <= entryCount).toList(), runner);
  }

  /// Whether there is nothing to look at.
  boolean isEmpty() {
    return directories.isEmpty();
  }

  /// Only some: the first, the largest, and others by chance.
  ListingTrials sample(int count, Random random) {
    List<ListedDirectory> largest = new ArrayList<>(directories);
    largest.sort(Comparator.comparingInt(each -> -each.names().size()));
    List<ListedDirectory> shuffled = new ArrayList<>(directories);
    Collections.shuffle(shuffled, random);
    Set<ListedDirectory> some = new LinkedHashSet<>();
    directories.stream().limit(1).forEach(some::add);
    largest.stream().limit(LARGEST).forEach(some::add);
    shuffled.stream().limit(Math.max(0, count - some.size())).forEach(some::add);
    return new ListingTrials(List.copyOf(some), runner);
  }

  /// Looks at each directory.
  void look(BiConsumer<Trial, ListedDirectory> look) {
    look(_ -> {}, look);
  }

  /// Looks at each directory; every script begins with some calls of its own.
  void look(Consumer<Trial> start, BiConsumer<Trial, ListedDirectory> look) {
    int from = 0;
    while (from < directories.size()) {
      int to = endOfBatch(from);
      Trial trial = new Trial();
      start.accept(trial);
      directories.subList(from, to).forEach(directory -> look.accept(trial, directory));
      runner.accept(trial);
      from = to;
    }
  }

  /// Looks at each directory twice, and lets the kernel forget all that it keeps of them in
  /// between.
  ///
  /// @param before gives what the second look needs
  <S> void lookAroundDroppingCaches(BiFunction<Trial, ListedDirectory, S> before, Again<S> after) {
    List<S> seen = new ArrayList<>();
    int from = 0;
    while (from < directories.size()) {
      int to = endOfBatch(from);
      List<ListedDirectory> batch = directories.subList(from, to);
      Trial trial = new Trial();
      seen.clear();
      batch.forEach(directory -> seen.add(before.apply(trial, directory)));
      trial.calls().dropCaches();
      for (int at = 0; at < batch.size(); at++) {
        after.look(trial, batch.get(at), seen.get(at));
      }
      runner.accept(trial);
      from = to;
    }
  }

  /// A second look at a directory.
  @FunctionalInterface
  interface Again<S> {
    /// Adds calls and what they must answer.
    void look(Trial trial, ListedDirectory directory, S before);
  }

  private int endOfBatch(int from) {
    int to = from;
    int entries = 0;
    while (to < directories.size()
        && to - from < MOST_DIRECTORIES
        && (to == from || entries < MOST_ENTRIES)) {
      entries += directories.get(to).names().size();
      to++;
    }
    return to;
  }
}
