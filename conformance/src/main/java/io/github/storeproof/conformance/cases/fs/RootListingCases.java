package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Needs;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.SharesMounts;
import io.github.storeproof.conformance.subject.Should;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.conformance.target.LiveMount;
import java.util.List;
import java.util.function.BiConsumer;

/// The directory in which the store paths appear, where it can be listed: with thousands of them it
/// is a directory as others are.
@Needs("list-root")
@SharesMounts(Corners.FAMILY)
public final class RootListingCases {
  @Checks("ROOT-2")
  void theRootListsEveryStorePath(Subject subject) {
    ListedDirectory root = ListedDirectory.root(subject.fixture());
    ListingTrials.on(subject, subject.mount(), List.of(root))
        .look(
            trial -> trial.calls().dropCaches(),
            (trial, directory) -> {
              ListingCases.sizes(directory, subject.random())
                  .forEach(size -> ListingCases.complete(trial, directory, size));
              ListingCases.ownOffsets(trial, directory, directory.smallestBufferBytes());
              ListedInode.add(trial, directory, directory.list(trial, 32_768));
              ListingStreamCases.interleaved(trial, directory);
            });
  }

  @Checks("ROOT-2")
  void everyStorePathIsListedAndFound(Subject subject) {
    onTheRoot(
        subject,
        (trial, root) -> {
          trial.calls().dropCaches();
          Slot fd = root.open(trial);
          ListingCases.lookedUp(trial, root, fd);
          ListingCases.listed(trial, root, fd);
          trial.calls().close(fd);
          trial.want(
              "a d_ino for each entry of the root that is not 0",
              List.of(root.list(trial, 32_768)),
              observed -> Listings.numberZero(observed.getFirst()));
        });
  }

  @Checks("ROOT-2")
  void theRootIsListedByDuplicatesProcessesAndThreads(Subject subject) {
    onTheRoot(
        subject,
        (trial, root) -> {
          trial.calls().dropCaches();
          ListingStreamCases.byThreads(trial, root);
          ListingStreamCases.duplicated(trial, root, subject.random());
          ListingStreamCases.overTwoProcesses(trial, root);
        });
  }

  /// A program that rewinds a listing of the root, which rewinddir(3) does without a word of failure, would take it for empty.
  @Should
  @Checks("ROOT-2")
  void theRootIsListedAgainAfterRewinding(Subject subject) {
    onTheRoot(
        subject,
        (trial, root) -> {
          Slot fd = root.open(trial);
          for (int size : List.of(32_768, Math.max(1024, root.smallestBufferBytes()))) {
            trial.calls().getdents(fd, size);
            ListingOffsetCases.completeAfterRewind(trial, root, fd, size);
          }
          trial.calls().close(fd);
        });
  }

  @Checks("ROOT-2")
  @NeedsAnyFixture
  void thousandsOfStorePathsAreListedWithEveryBufferSize(Subject subject) {
    onManyRoots(
        subject,
        (trial, root) -> {
          trial.calls().dropCaches();
          ListingCases.sizes(root, subject.random())
              .forEach(size -> ListingCases.complete(trial, root, size));
        });
  }

  @Checks("ROOT-2")
  @NeedsAnyFixture
  void thousandsOfStorePathsHaveTheirInodeNumbersAndOffsets(Subject subject) {
    onManyRoots(
        subject,
        (trial, root) -> {
          ListedInode.add(trial, root, root.list(trial, 1024));
          List.of(root.smallestBufferBytes(), 4096, 32_768)
              .forEach(size -> ListingCases.ownOffsets(trial, root, size));
        });
  }

  @Checks("ROOT-2")
  @NeedsAnyFixture
  void thousandsOfStorePathsAreListedByTwoStreams(Subject subject) {
    onManyRoots(
        subject,
        (trial, root) -> {
          trial.calls().dropCaches();
          ListingStreamCases.interleaved(trial, root);
        });
  }

  private static void onTheRoot(Subject subject, BiConsumer<Trial, ListedDirectory> look) {
    ListingTrials.on(subject, subject.mount(), List.of(ListedDirectory.root(subject.fixture())))
        .look(look);
  }

  private static void onManyRoots(Subject subject, BiConsumer<Trial, ListedDirectory> look) {
    LiveMount mount = Corners.mount(subject);
    ListingTrials.on(subject, mount, List.of(ListedDirectory.root(mount.fixture()))).look(look);
  }
}
