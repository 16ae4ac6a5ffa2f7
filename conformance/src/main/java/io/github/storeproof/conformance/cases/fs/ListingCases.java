package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.AT_SYMLINK_NOFOLLOW;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.RandomTrees;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.SharesMounts;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.fixtures.Fixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/// getdents64: what a listing shows, whatever the size of its buffers.
@SharesMounts(Corners.FAMILY)
public final class ListingCases {
  private static final List<Integer> BUFFER_BYTES =
      List.of(128, 280, 1024, 2048, 4096, 32_768, 1 << 20);
  private static final int RANDOM_SIZES = 2;
  private static final int LARGEST_RANDOM_BYTES = 8192;
  private static final int CHANGING_CALLS = 12;

  @Checks("DIR-1")
  void everyBufferSizeListsEveryEntry(Subject subject) {
    Random random = subject.random();
    ListingTrials.everywhere(subject)
        .look((trial, directory) ->
            sizes(directory, random).forEach(size -> complete(trial, directory, size)));
  }

  @Checks("DIR-1")
  void listingsAreCompleteAfterDroppingCaches(Subject subject) {
    for (int size : List.of(280, 4096, 32_768)) {
      ListingTrials.everywhere(subject)
          .look(
              trial -> trial.calls().dropCaches(),
              (trial, directory) ->
                  complete(trial, directory, Math.max(size, directory.smallestBufferBytes())));
    }
  }

  @Checks("DIR-1")
  void buffersThatChangeTheirSizeBetweenCallsLoseNothing(Subject subject) {
    Random random = subject.random();
    ListingTrials.everywhere(subject)
        .look(
            trial -> trial.calls().dropCaches(),
            (trial, directory) -> changingBuffers(trial, directory, random));
  }

  @Checks("DIR-1")
  @NeedsAnyFixture
  void directoriesThatJustFillAReplyAreComplete(Subject subject) {
    Fixture fixture = ListingFixture.fullReplies();
    LiveMount mount = Corners.mount(subject);
    for (int size : List.of(4096, 32_768, 280)) {
      ListingTrials.on(subject, mount, ListedDirectory.below(fixture))
          .look(
              trial -> trial.calls().dropCaches(),
              (trial, directory) -> complete(trial, directory, size));
    }
  }

  @Checks("DIR-1")
  @NeedsAnyFixture
  void randomTreesListCompletely(Subject subject) {
    Random random = subject.random();
    RandomTrees.look(
        subject,
        (trial, entry) ->
            ListedDirectory.of(entry)
                .ifPresent(directory ->
                    sizes(directory, random).forEach(size -> complete(trial, directory, size))));
  }

  @Checks("DIR-2")
  void everyListedNameIsThereAndEveryNameIsListed(Subject subject) {
    ListingTrials.everywhere(subject)
        .look((trial, directory) -> {
          Slot fd = directory.open(trial);
          listed(trial, directory, fd);
          lookedUp(trial, directory, fd);
          trial.calls().close(fd);
        });
  }

  @Checks("DIR-2")
  void namesLookedUpBeforeTheListingAreListedOnce(Subject subject) {
    ListingTrials.everywhere(subject)
        .look(
            trial -> trial.calls().dropCaches(),
            (trial, directory) -> {
              Slot fd = directory.open(trial);
              lookedUp(trial, directory, fd);
              listed(trial, directory, fd);
              trial.calls().close(fd);
            });
  }

  @Checks("DIR-2")
  @NeedsAnyFixture
  void namesOfRandomTreesAreThere(Subject subject) {
    RandomTrees.look(
        subject,
        (trial, entry) ->
            ListedDirectory.of(entry)
                .ifPresent(directory -> {
                  Slot fd = directory.open(trial);
                  listed(trial, directory, fd);
                  lookedUp(trial, directory, fd);
                  trial.calls().close(fd);
                }));
  }

  @Checks("DIR-3")
  void inodeNumbersOfListingsAreThoseOfLstat(Subject subject) {
    ListingTrials.everywhere(subject)
        .look((trial, directory) -> {
          Slot listing = directory.list(trial, 32_768);
          ListedInode.add(trial, directory, listing);
        });
  }

  @Checks("DIR-3")
  void inodeNumbersAreTheSameWhenTheListingComesFirst(Subject subject) {
    ListingTrials.everywhere(subject)
        .lookAroundDroppingCaches(
            (trial, directory) ->
                directory.list(trial, Math.max(1024, directory.smallestBufferBytes())),
            ListedInode::add);
  }

  /// An entry of number 0 is one that was removed: programs and older C libraries pass it over.
  @Checks("DIR-3")
  void noEntryHasTheNumberZero(Subject subject) {
    ListingTrials.everywhere(subject)
        .look((trial, directory) ->
            trial.want(
                "a d_ino for each entry of " + directory + " that is not 0",
                List.of(directory.list(trial, 32_768)),
                observed -> Listings.numberZero(observed.getFirst())));
  }

  @Checks("DIR-3")
  @NeedsAnyFixture
  void inodeNumbersOfRandomTrees(Subject subject) {
    RandomTrees.look(
        subject,
        (trial, entry) ->
            ListedDirectory.of(entry)
                .ifPresent(
                    directory -> ListedInode.add(trial, directory, directory.list(trial, 32_768))));
  }

  @Checks("DIR-4")
  void everyEntryHasAnOffsetOfItsOwnAndListingsEnd(Subject subject) {
    ListingTrials.everywhere(subject)
        .look(
            trial -> trial.calls().dropCaches(),
            (trial, directory) -> {
              for (int size : List.of(directory.smallestBufferBytes(), 4096, 32_768)) {
                ownOffsets(trial, directory, size);
              }
            });
  }

  @Checks("DIR-4")
  @NeedsAnyFixture
  void offsetsOfRandomTrees(Subject subject) {
    RandomTrees.look(
        subject,
        (trial, entry) ->
            ListedDirectory.of(entry)
                .ifPresent(
                    directory -> ownOffsets(trial, directory, directory.smallestBufferBytes())));
  }

  @Checks("DIR-9")
  void theOrderOfEntriesStays(Subject subject) {
    ListingTrials.everywhere(subject)
        .ofAtLeast(2)
        .look((trial, directory) -> {
          Slot fd = directory.open(trial);
          List<Slot> listings = new ArrayList<>();
          listings.add(trial.calls().listAll(fd, 32_768, directory.mostCalls()));
          trial.calls().seekdir(fd, 0);
          listings.add(
              trial.calls().listAll(fd, directory.smallestBufferBytes(), directory.mostCalls()));
          trial.calls().close(fd);
          listings.add(directory.list(trial, 4096));
          trial.want("listings of " + directory + " in one order", listings, Listings.sameOrder());
        });
  }

  @Checks("DIR-9")
  void theOrderOfEntriesStaysAfterDroppingCaches(Subject subject) {
    ListingTrials.everywhere(subject)
        .ofAtLeast(2)
        .lookAroundDroppingCaches(
            (trial, directory) -> directory.list(trial, 32_768),
            (trial, directory, before) ->
                trial.want(
                    "listings of " + directory + " in one order",
                    List.of(before, directory.list(trial, 32_768)),
                    Listings.sameOrder()));
  }

  /// Adds a listing with buffers of one size, which must be complete.
  static void complete(Trial trial, ListedDirectory directory, int bufferBytes) {
    Slot listing = directory.list(trial, bufferBytes);
    trial.want(
        "each of the "
            + directory.names().size()
            + " entries of "
            + directory
            + " once, with buffers of "
            + bufferBytes
            + " bytes",
        List.of(listing),
        Listings.complete(directory));
  }

  /// Adds a listing whose entries must have offsets that take the listing on.
  static void ownOffsets(Trial trial, ListedDirectory directory, int bufferBytes) {
    Slot listing = directory.list(trial, bufferBytes);
    trial.want(
        "a listing of " + directory + " that ends, and a d_off of its own for each entry",
        List.of(listing),
        Listings.ownOffsets());
  }

  /// The sizes with which each entry of a directory fits a buffer, the smallest of all and random
  /// ones among them.
  static TreeSet<Integer> sizes(ListedDirectory directory, Random random) {
    int smallest = directory.smallestBufferBytes();
    TreeSet<Integer> sizes = new TreeSet<>(BUFFER_BYTES);
    sizes.removeIf(size -> size < smallest);
    sizes.add(smallest);
    sizes.add(smallest + 1);
    for (int more = 0; more < RANDOM_SIZES; more++) {
      sizes.add(random.nextInt(smallest, LARGEST_RANDOM_BYTES));
    }
    return sizes;
  }

  private static void changingBuffers(Trial trial, ListedDirectory directory, Random random) {
    Slot fd = directory.open(trial);
    List<Slot> parts = new ArrayList<>();
    int smallest = directory.smallestBufferBytes();
    for (int call = 0; call < CHANGING_CALLS; call++) {
      boolean small = random.nextInt(3) > 0;
      parts.add(
          trial
              .calls()
              .getdents(
                  fd,
                  small
                      ? random.nextInt(smallest, smallest + 300)
                      : random.nextInt(smallest, 40_000)));
    }
    parts.add(trial.calls().listAll(fd, 4096, directory.mostCalls()));
    trial.calls().close(fd);
    trial.want(
        "each of the "
            + directory.names().size()
            + " entries of "
            + directory
            + " once, with buffers of changing sizes",
        parts,
        Listings.complete(directory));
  }

  /// Adds a listing by a descriptor.
  static void listed(Trial trial, ListedDirectory directory, Slot fd) {
    Slot listing = trial.calls().listAll(fd, 32_768, directory.mostCalls());
    trial.want(
        "each of the " + directory.names().size() + " entries of " + directory + " once",
        List.of(listing),
        Listings.complete(directory));
  }

  /// Adds a lookup of every name below a descriptor.
  static void lookedUp(Trial trial, ListedDirectory directory, Slot fd) {
    for (Bytes name : directory.names()) {
      trial.want(
          trial.calls().fstatat(fd, Arg.raw(name.toArray()), AT_SYMLINK_NOFOLLOW),
          Allowed.that(Listings.shown(name) + " found in " + directory, observed -> observed.ok()));
    }
  }
}
