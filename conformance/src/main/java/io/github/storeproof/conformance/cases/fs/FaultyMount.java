package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.O_DIRECTORY;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;

import io.github.storeproof.conformance.cases.fs.FaultFixture.Topic;
import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Mismatch;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Observations;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.store.DirectorySizes;
import io.github.storeproof.conformance.store.Faults;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.conformance.target.Feature;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.TreeNodes;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.SizeRule;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// A mount of the [FaultFixture], the faults of its store, and the answers that are right while they
/// are on. *Confined* to a case.
record FaultyMount(Subject subject, LiveMount mount, Faults faults) {
  /// How much the cases read at a place of a file.
  static final int READ_BYTES = 4096;

  private static final int BUFFER = 64 << 10;
  private static final int LISTING_BUFFER = 4096;
  private static final int MOST_LISTING_CALLS = 200;
  private static final Duration RIGHT_WITHIN = Duration.ofSeconds(5);
  private static final int POLL_MILLIS = 20;

  /// The mount that all cases on faults share.
  static FaultyMount of(Subject subject) {
    LiveMount mount = subject.shared(FaultFixture.ALL.name(), () -> FaultFixture.ALL);
    return new FaultyMount(subject, mount, subject.faults(mount));
  }

  static B3Digest blob(Topic topic, String... names) {
    return FaultFixture.content(topic, names).digest();
  }

  B3Digest directory(Topic topic, String... names) {
    if (TreeNodes.node(FaultFixture.tree(topic, names), sizeRule())
        instanceof DirectoryNode(B3Digest digest, _)) {
      return digest;
    }
    throw new IllegalArgumentException(Arrays.toString(names) + " is no directory");
  }

  SizeRule sizeRule() {
    return subject
        .features()
        .value(Feature.DIRECTORY_SIZE)
        .flatMap(DirectorySizes::ofWord)
        .orElse(DirectorySizes.SNIX)
        .rule();
  }

  /// Runs a trial.
  ///
  /// @param state what is wrong in the store meanwhile
  void run(String state, Trial trial) {
    run(state, trial, subject.deadline());
  }

  void run(String state, Trial trial, Duration deadline) {
    trial
        .firstMismatch(script -> subject.run(mount, script, deadline))
        .ifPresent(mismatch -> {
          throw mismatch.hint("The store behind the mount: " + state + ".");
        });
  }

  /// Runs a trial again and again until it holds: a target may take its time to see that the store is
  /// right again.
  void await(String state, Consumer<Trial> wanted) {
    long end = System.nanoTime() + subject.patiently(RIGHT_WITHIN).toNanos();
    Optional<Mismatch> wrong = Optional.empty();
    do {
      Trial trial = new Trial();
      wanted.accept(trial);
      trial.calls().sleep(wrong.isPresent() ? POLL_MILLIS : 0);
      wrong = trial.firstMismatch(this::run);
    } while (wrong.isPresent() && System.nanoTime() < end);
    wrong.ifPresent(mismatch -> {
      throw mismatch.hint("The store behind the mount: " + state + ".");
    });
  }

  private Observations run(Script script) {
    return subject.run(mount, script);
  }

  /// The node is there as the fixture has it.
  static void wantRight(Trial trial, Topic topic, String... names) {
    byte[] path = FaultFixture.path(topic, names);
    WholeNode.want(trial, entry(path));
  }

  private static FixtureEntry entry(byte[] path) {
    return FaultFixture.ALL.walk().stream()
        .filter(entry -> Arrays.equals(entry.pathBytes(), path))
        .findFirst()
        .orElseThrow();
  }

  /// The file keeps its size.
  static void wantSize(Trial trial, byte[] path, long sizeBytes) {
    trial.want(
        trial.calls().lstat(path),
        Decoded.stat(
            "st_size " + sizeBytes,
            stat -> stat.size() == sizeBytes,
            stat -> "st_size " + stat.size()));
  }

  /// The file cannot be read: EIO when it is opened or when it is read.
  static void wantUnreadable(Trial trial, byte[] path) {
    Slot fd = trial.calls().open(path, O_RDONLY);
    Slot read = trial.calls().readAll(fd, BUFFER);
    trial.calls().close(fd);
    trial.want(
        "EIO when it is opened or read",
        List.of(fd, read),
        seen -> unlessEio(seen.get(0), seen.get(1), FaultyMount::readAllOf));
  }

  /// A call by a descriptor is EIO, unless the open was.
  static void wantFailure(Trial trial, Slot fd, Slot use) {
    trial.want(
        "EIO when it is opened or read",
        List.of(fd, use),
        seen -> unlessEio(seen.get(0), seen.get(1), Allowed::outcome));
  }

  /// The whole file is read right, or EIO; whatever came before the error is right.
  static void wantRightOrEio(Trial trial, byte[] path, Content content) {
    Slot fd = trial.calls().open(path, O_RDONLY);
    Slot read = trial.calls().readAll(fd, BUFFER, BUFFER);
    trial.calls().close(fd);
    trial.want(
        "%d bytes with digest %s, or EIO and only right bytes before it"
            .formatted(content.size(), content.digest()),
        List.of(fd, read),
        seen -> {
          Observation all = seen.get(1);
          boolean isRight =
              all.ok()
                  && all.result() == content.size()
                  && all.readAll().digest().equals(content.digest());
          return isRight
              ? Optional.empty()
              : unlessEio(seen.get(0), all, FaultyMount::readAllOf)
                  .or(() -> wrongHead(seen.get(0), all, content));
        });
  }

  private static Optional<String> wrongHead(Observation open, Observation read, Content content) {
    if (!open.ok()) {
      return Optional.empty();
    }
    byte[] head = read.readAll().head().toArray();
    byte[] right = content.slice(0, head.length);
    return Arrays.equals(head, right)
        ? Optional.empty()
        : Optional.of("before the EIO: " + Allowed.difference(right, head));
  }

  /// Bytes of a file, or EIO. A read that runs into the error may give what is before it.
  static Allowed bytesOrEio(byte[] right) {
    return Allowed.bytes(right)
        .or(Allowed.errno(Errno.EIO))
        .or(
            Allowed.that(
                "the first of these bytes",
                o ->
                    o.result() > 0
                        && Arrays.equals(o.bytes(), Arrays.copyOf(right, (int) o.result()))));
  }

  /// Some bytes by a descriptor are right, or EIO. Where the file could not be opened, reads of it say nothing.
  static void wantBytesOrEio(Trial trial, Slot fd, Content content, long offset) {
    byte[] right = content.slice(offset, READ_BYTES);
    Slot read = trial.calls().pread(fd, READ_BYTES, offset);
    var allowed = bytesOrEio(right);
    trial.want(
        allowed.words(),
        List.of(fd, read),
        seen ->
            !seen.get(0).ok() || allowed.holds().test(seen.get(1))
                ? Optional.empty()
                : Optional.of(allowed.seen().apply(seen.get(1))));
  }

  /// A directory cannot be listed: EIO when it is opened or listed, and never an end, not for who goes on after the EIO
  /// either.
  static void wantUnlistable(Trial trial, byte[] path) {
    Slot fd = trial.calls().open(path, O_RDONLY | O_DIRECTORY);
    Slot listing = trial.calls().listAll(fd, LISTING_BUFFER, MOST_LISTING_CALLS);
    Slot more = trial.calls().getdents(fd, LISTING_BUFFER);
    trial.calls().close(fd);
    trial.want(
        "EIO when it is opened or listed",
        List.of(fd, listing),
        seen ->
            unlessEio(
                seen.get(0),
                seen.get(1),
                o -> "a listing that ends after " + entryCount(o) + " entries"));
    trial.want(
        "EIO or more entries after the EIO",
        List.of(fd, listing, more),
        seen -> !seen.get(0).ok() || seen.get(1).ok() ? Optional.empty() : noEnd(seen.get(2)));
  }

  private static Optional<String> noEnd(Observation listing) {
    if (listing.result() > 0 || listing.errno().equals(Errno.EIO)) {
      return Optional.empty();
    }
    return Optional.of(listing.ok() ? "the end of the listing" : listing.errno().name());
  }

  private static long entryCount(Observation listing) {
    return Decoded.dirents(listing).stream().filter(entry -> !entry.isDot()).count();
  }

  /// A name cannot be looked up.
  static void wantEio(Trial trial, byte[] path) {
    trial.want(trial.calls().lstat(path), Allowed.errno(Errno.EIO));
  }

  private static String readAllOf(Observation all) {
    return all.result() + " bytes and the end of the file";
  }

  /// What is wrong unless one of the two failed with EIO, the second only where the first succeeded.
  private static Optional<String> unlessEio(
      Observation open, Observation use, Function<Observation, String> success) {
    Observation failed = open.ok() ? use : open;
    if (failed.ok()) {
      return Optional.of(success.apply(use));
    }
    return failed.errno().equals(Errno.EIO)
        ? Optional.empty()
        : Optional.of((open.ok() ? "" : "open: ") + failed.errno().name());
  }
}
