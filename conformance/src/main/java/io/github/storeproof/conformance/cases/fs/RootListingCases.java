package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Needs;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.SharesMounts;
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

  private static void onManyRoots(Subject subject, BiConsumer<Trial, ListedDirectory> look) {
    LiveMount mount = Corners.mount(subject);
    ListingTrials.on(subject, mount, List.of(ListedDirectory.root(mount.fixture()))).look(look);
  }
}
