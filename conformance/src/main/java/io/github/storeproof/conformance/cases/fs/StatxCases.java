package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Errno.EINVAL;
import static io.github.storeproof.conformance.prober.Linux.AT_EMPTY_PATH;
import static io.github.storeproof.conformance.prober.Linux.AT_STATX_DONT_SYNC;
import static io.github.storeproof.conformance.prober.Linux.AT_STATX_FORCE_SYNC;
import static io.github.storeproof.conformance.prober.Linux.AT_SYMLINK_NOFOLLOW;
import static io.github.storeproof.conformance.prober.Linux.O_NOFOLLOW;
import static io.github.storeproof.conformance.prober.Linux.O_PATH;
import static io.github.storeproof.conformance.prober.Linux.STATX_ALL;
import static io.github.storeproof.conformance.prober.Linux.STATX_ATIME;
import static io.github.storeproof.conformance.prober.Linux.STATX_BASIC_STATS;
import static io.github.storeproof.conformance.prober.Linux.STATX_BLOCKS;
import static io.github.storeproof.conformance.prober.Linux.STATX_BTIME;
import static io.github.storeproof.conformance.prober.Linux.STATX_CTIME;
import static io.github.storeproof.conformance.prober.Linux.STATX_GID;
import static io.github.storeproof.conformance.prober.Linux.STATX_INO;
import static io.github.storeproof.conformance.prober.Linux.STATX_MODE;
import static io.github.storeproof.conformance.prober.Linux.STATX_MTIME;
import static io.github.storeproof.conformance.prober.Linux.STATX_NLINK;
import static io.github.storeproof.conformance.prober.Linux.STATX_RESERVED;
import static io.github.storeproof.conformance.prober.Linux.STATX_SIZE;
import static io.github.storeproof.conformance.prober.Linux.STATX_TYPE;
import static io.github.storeproof.conformance.prober.Linux.STATX_UID;
import static io.github.storeproof.conformance.prober.Linux.S_IFMT;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Operand;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.prober.wire.Stat;
import io.github.storeproof.conformance.prober.wire.Statx;
import io.github.storeproof.conformance.prober.wire.Timestamp;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.FixtureEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// statx: it says which fields it filled, so what it says must be true.
public final class StatxCases {
  private static final int SAMPLE = 60;
  private static final int LARGE_SAMPLE = 400;
  private static final int MOUNT_ROOT = 0x2000;

  /// The kernel takes the access time out of the mask where none is kept (noatime, erofs).
  private static final int ALWAYS_FILLED = STATX_BASIC_STATS & ~STATX_ATIME;

  private static final long DAY_SECONDS = 86_400;
  private static final int[] MASKS = {
    0,
    STATX_TYPE,
    STATX_MODE,
    STATX_NLINK,
    STATX_INO,
    STATX_SIZE,
    STATX_BTIME,
    STATX_BASIC_STATS,
    STATX_ALL
  };

  /// A field, and the bit that says that it is filled; 0 for those that always are.
  private record Field(int maskBit, String name, Function<Stat, Object> value) {}

  private static final List<Field> FIELDS =
      List.of(
          new Field(0, "dev", Stat::dev),
          new Field(0, "blksize", Stat::blksize),
          new Field(STATX_TYPE, "mode (type)", stat -> stat.mode() & S_IFMT),
          new Field(STATX_MODE, "mode", stat -> stat.mode() & ~S_IFMT),
          new Field(STATX_NLINK, "nlink", Stat::nlink),
          new Field(STATX_UID, "uid", Stat::uid),
          new Field(STATX_GID, "gid", Stat::gid),
          new Field(STATX_INO, "ino", Stat::ino),
          new Field(STATX_SIZE, "size", Stat::size),
          new Field(STATX_BLOCKS, "blocks", Stat::blocks),
          new Field(STATX_MTIME, "mtime", Stat::mtime),
          new Field(STATX_CTIME, "ctime", Stat::ctime));

  @Checks("STX-1")
  void theBasicFieldsAreFilledAndThoseOfLstat(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.any(subject, LARGE_SAMPLE)) {
      Slot lstat = trial.calls().lstat(entry.pathBytes());
      Slot statx = trial.calls().statx(entry.pathBytes(), STATX_ALL);
      wantBasic(trial, statx);
      wantSame(trial, lstat, statx);
    }
    Trials.run(subject, trial);
  }

  @Checks("STX-1")
  void whateverIsAskedForIsFilled(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.any(subject, SAMPLE)) {
      Slot lstat = trial.calls().lstat(entry.pathBytes());
      for (int mask : MASKS) {
        Slot statx = trial.calls().statx(entry.pathBytes(), mask);
        int basic = mask & ALWAYS_FILLED;
        want(
            trial,
            statx,
            "mask with 0x%x".formatted(basic),
            all -> all.has(basic) ? null : "mask 0x%x".formatted(all.mask()));
        wantSame(trial, lstat, statx);
      }
    }
    Trials.run(subject, trial);
  }

  @Checks("STX-1")
  void noBirthTimeIsMadeUp(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.any(subject, SAMPLE)) {
      Slot first = trial.calls().statx(entry.pathBytes(), STATX_ALL);
      Slot forced =
          trial
              .calls()
              .statx(
                  Arg.cwd(),
                  Arg.path(entry.pathBytes()),
                  AT_SYMLINK_NOFOLLOW | AT_STATX_FORCE_SYNC,
                  STATX_BTIME);
      trial.want(
          "no birth time, or a real one: before tomorrow, not 0, and always the same",
          List.of(first, forced),
          StatxCases::madeUpBirth);
    }
    Trials.run(subject, trial);
  }

  @Checks("STX-1")
  void synchronisingChangesNothing(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.any(subject, SAMPLE)) {
      Slot lstat = trial.calls().lstat(entry.pathBytes());
      Arg path = Arg.path(entry.pathBytes());
      for (int sync : new int[] {AT_STATX_DONT_SYNC, AT_STATX_FORCE_SYNC}) {
        Slot statx = statx(trial, Arg.cwd(), path, AT_SYMLINK_NOFOLLOW | sync);
        wantSame(trial, lstat, statx);
      }
      Slot fd = trial.calls().open(entry.pathBytes(), O_PATH | O_NOFOLLOW);
      Slot byDescriptor = statx(trial, fd, Arg.raw(""), AT_EMPTY_PATH);
      wantBasic(trial, byDescriptor);
      wantSame(trial, lstat, byDescriptor);
      trial.calls().close(fd);
    }
    Trials.run(subject, trial);
  }

  @Checks("STX-1")
  void flagsThatDoNotExistAreRefused(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.oneOfEachKind(subject)) {
      Arg path = Arg.path(entry.pathBytes());
      for (int flags : new int[] {0x1000_0000, 0x8, AT_STATX_FORCE_SYNC | AT_STATX_DONT_SYNC}) {
        trial.want(statx(trial, Arg.cwd(), path, flags), Allowed.errno(EINVAL));
      }
      trial.want(trial.calls().statx(entry.pathBytes(), STATX_RESERVED), Allowed.errno(EINVAL));
    }
    Trials.run(subject, trial);
  }

  @Checks("STX-1")
  void attributesAreWithinThoseThatAreKnown(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.any(subject, LARGE_SAMPLE)) {
      Slot statx = trial.calls().statx(entry.pathBytes(), STATX_ALL);
      want(
          trial,
          statx,
          "stx_attributes within stx_attributes_mask, and no root of a mount",
          all ->
              (all.attributes() & ~all.attributesMask()) == 0
                      && (all.attributes() & MOUNT_ROOT) == 0
                  ? null
                  : "stx_attributes 0x%x, stx_attributes_mask 0x%x"
                      .formatted(all.attributes(), all.attributesMask()));
      want(
          trial,
          statx,
          "stx_rdev 0:0",
          all ->
              all.rdevMajor() == 0 && all.rdevMinor() == 0
                  ? null
                  : "stx_rdev %d:%d".formatted(all.rdevMajor(), all.rdevMinor()));
    }
    Trials.run(subject, trial);
  }

  private static Slot statx(Trial trial, Operand directory, Arg path, int flags) {
    return trial.calls().statx(directory, path, flags, STATX_ALL);
  }

  private static void wantBasic(Trial trial, Slot statx) {
    want(
        trial,
        statx,
        "mask with STATX_BASIC_STATS, STATX_ATIME may be missing",
        all -> all.has(ALWAYS_FILLED) ? null : "mask 0x%x".formatted(all.mask()));
  }

  /// What is wrong with the fields; null when nothing is.
  @FunctionalInterface
  private interface Fault {
    @Nullable String of(Statx all);
  }

  private static void want(Trial trial, Slot statx, String words, Fault fault) {
    trial.want(
        statx,
        words,
        o ->
            o.ok()
                ? Optional.ofNullable(fault.of(Statx.decode(o.bytes())))
                : Optional.of(Allowed.outcome(o)));
  }

  private static void wantSame(Trial trial, Slot lstat, Slot statx) {
    trial.want(
        "the fields that the mask names as lstat has them",
        List.of(lstat, statx),
        o -> Decoded.firstError(o).or(() -> difference(o)));
  }

  private static Optional<String> difference(List<Observation> o) {
    Stat right = Decoded.stat(o.getFirst());
    Stat seen = Decoded.attributes(o.getLast());
    Statx all = Statx.decode(o.getLast().bytes());
    return FIELDS.stream()
        .filter(field -> all.has(field.maskBit()))
        .filter(field -> !field.value().apply(right).equals(field.value().apply(seen)))
        .findFirst()
        .map(field ->
            "stx_%s %s, lstat has %s"
                .formatted(field.name(), field.value().apply(seen), field.value().apply(right)));
  }

  private static Optional<String> madeUpBirth(List<Observation> o) {
    Optional<String> error = Decoded.firstError(o);
    if (error.isPresent()) {
      return error;
    }
    Statx first = Statx.decode(o.getFirst().bytes());
    Statx again = Statx.decode(o.getLast().bytes());
    if (first.has(STATX_BTIME) != again.has(STATX_BTIME)) {
      return Optional.of("a birth time once, and none once");
    }
    if (!first.has(STATX_BTIME)) {
      return Optional.empty();
    }
    return first.btime().equals(again.btime()) && isReal(first.btime())
        ? Optional.empty()
        : Optional.of("birth time %s, then %s".formatted(first.btime(), again.btime()));
  }

  private static boolean isReal(Timestamp time) {
    return time.seconds() > 0
        && time.seconds() < Instant.now().getEpochSecond() + DAY_SECONDS
        && time.nanos() >= 0
        && time.nanos() < 1_000_000_000;
  }
}
