package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Errno.EACCES;
import static io.github.storeproof.conformance.prober.Errno.EBADF;
import static io.github.storeproof.conformance.prober.Errno.EEXIST;
import static io.github.storeproof.conformance.prober.Errno.EINVAL;
import static io.github.storeproof.conformance.prober.Errno.EISDIR;
import static io.github.storeproof.conformance.prober.Errno.ENODATA;
import static io.github.storeproof.conformance.prober.Errno.ENOTTY;
import static io.github.storeproof.conformance.prober.Errno.EOPNOTSUPP;
import static io.github.storeproof.conformance.prober.Errno.EPERM;
import static io.github.storeproof.conformance.prober.Errno.EROFS;
import static io.github.storeproof.conformance.prober.Linux.AT_EACCESS;
import static io.github.storeproof.conformance.prober.Linux.MAP_SHARED;
import static io.github.storeproof.conformance.prober.Linux.O_CREAT;
import static io.github.storeproof.conformance.prober.Linux.O_EXCL;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.O_RDWR;
import static io.github.storeproof.conformance.prober.Linux.O_TMPFILE;
import static io.github.storeproof.conformance.prober.Linux.O_TRUNC;
import static io.github.storeproof.conformance.prober.Linux.O_WRONLY;
import static io.github.storeproof.conformance.prober.Linux.PROT_READ;
import static io.github.storeproof.conformance.prober.Linux.PROT_WRITE;
import static io.github.storeproof.conformance.prober.Linux.ST_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.S_IFREG;
import static io.github.storeproof.conformance.prober.Linux.W_OK;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.prober.wire.StatFs;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.NeedsRoot;
import io.github.storeproof.conformance.subject.Should;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Calls that would change something: every one is refused, with the error of a read-only filesystem, and changes nothing.
public final class ReadOnlyCases {
  private static final int NOBODY = 65_534;
  private static final byte[] ROOT = {};
  private static final byte[] BYTES = "storeproof".getBytes(StandardCharsets.US_ASCII);

  @Checks("RO-1")
  @NeedsRoot
  void mutationsByRootFailWithErofs(Subject subject) {
    Trial trial = new Trial();
    for (Mutation mutation : all(subject)) {
      Allowed refused =
          mutation.optional()
              ? Allowed.errno(EROFS, EOPNOTSUPP, ENOTTY, ENODATA, EINVAL)
              : Allowed.errno(EROFS);
      trial.want(mutation.addTo(trial.calls()), named(mutation, refused));
    }
    Trials.run(subject, trial);
  }

  @Checks("RO-1")
  void mutationsByOthersFail(Subject subject) {
    Trial trial = new Trial();
    for (Mutation mutation : all(subject)) {
      Allowed refused =
          mutation.optional() ? refusedInAnyWay() : Allowed.errno(EROFS, EACCES, EPERM);
      trial.want(
          asNobody(trial, mutation),
          "%s by another user: %s".formatted(mutation.name(), refused.words()),
          o -> refusedInside(o, refused));
    }
    Trials.run(subject, trial);
  }

  @Checks("RO-2")
  void nothingOpensForWriting(Subject subject) {
    Trial trial = new Trial();
    Allowed refused = Allowed.errno(EROFS, EACCES, EPERM);
    for (FixtureEntry entry : Nodes.sampleOfFiles(subject, 60)) {
      for (int flags :
          new int[] {O_WRONLY, O_RDWR, O_WRONLY | O_TRUNC, O_RDWR | O_TRUNC, O_TRUNC}) {
        Slot fd = trial.want(trial.calls().open(entry.pathBytes(), flags), refused);
        trial.want(trial.calls().write(fd, BYTES), Allowed.errno(EBADF));
      }
    }
    trial.want(trial.calls().open(ROOT, O_RDWR), Allowed.errno(EISDIR, EROFS, EACCES));
    Trials.run(subject, trial);
  }

  @Checks("RO-2")
  void descriptorsForReadingDoNotWrite(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.sampleOfFiles(subject, 20)) {
      Slot fd = trial.calls().open(entry.pathBytes(), O_RDONLY);
      trial.want(trial.calls().write(fd, BYTES), Allowed.errno(EBADF));
      trial.want(trial.calls().pwrite(fd, BYTES, 0), Allowed.errno(EBADF));
      trial.want(trial.calls().ftruncate(fd, 0), Allowed.errno(EINVAL, EBADF));
      trial.want(
          trial.calls().mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0),
          Allowed.errno(EACCES));
      trial.calls().close(fd);
    }
    Trials.run(subject, trial);
  }

  @Checks("RO-3")
  void aNameThatIsTakenIsEexist(Subject subject) {
    Trial trial = new Trial();
    Allowed exists = Allowed.errno(EEXIST);
    byte[] source = Nodes.sampleOfFiles(subject, 1).getFirst().pathBytes();
    for (FixtureEntry entry : Nodes.oneOfEachKind(subject)) {
      Arg taken = Arg.path(entry.pathBytes());
      trial.want(trial.calls().mkdir(taken, 0755), exists);
      trial.want(trial.calls().mknod(taken, S_IFREG | 0644, 0), exists);
      trial.want(trial.calls().symlink(BYTES, taken), exists);
      trial.want(trial.calls().link(Arg.path(source), taken, 0), exists);
      trial.want(trial.calls().open(taken, O_RDONLY | O_CREAT | O_EXCL, 0644), exists);
      trial.want(trial.calls().open(taken, O_RDWR | O_CREAT | O_EXCL, 0644), exists);
    }
    Trials.run(subject, trial);
  }

  @Checks("RO-4")
  void statfsSaysReadOnly(Subject subject) {
    Trial trial = new Trial();
    trial.want(
        trial.calls().statfs(""),
        new Allowed(
            "ST_RDONLY in f_flags",
            o -> o.ok() && (StatFs.decode(o.bytes()).flags() & ST_RDONLY) != 0,
            o ->
                o.ok()
                    ? "f_flags 0x%x".formatted(StatFs.decode(o.bytes()).flags())
                    : Allowed.outcome(o)));
    Trials.run(subject, trial);
  }

  @Checks("RO-4")
  @NeedsRoot
  void accessForWritingIsErofs(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.filesAndDirectories(subject, 60)) {
      Arg path = Arg.path(entry.pathBytes());
      trial.want(trial.calls().faccessat(Arg.cwd(), path, W_OK), Allowed.errno(EROFS));
      trial.want(trial.calls().faccessat2(Arg.cwd(), path, W_OK, AT_EACCESS), Allowed.errno(EROFS));
    }
    Trials.run(subject, trial);
  }

  @Checks("RO-5")
  void rarerWaysToChangeFail(Subject subject) {
    Trial trial = new Trial();
    Allowed refused = refusedInAnyWay();
    for (FixtureEntry entry : Nodes.sampleOfFiles(subject, 10)) {
      Slot fd = trial.calls().open(entry.pathBytes(), O_RDONLY);
      trial.want(
          trial.calls().fallocate(fd, 0, 0, 1 << 20), Allowed.errno(EBADF, EROFS, EOPNOTSUPP));
      trial.want(trial.calls().setInodeFlags(fd, 0x10), refused);
      trial.want(
          trial.calls().setxattr(Arg.path(entry.pathBytes()), "user.storeproof", BYTES, 0),
          refused);
      trial.want(
          trial.calls().setxattr(Arg.path(entry.pathBytes()), "trusted.storeproof", BYTES, 0),
          refused);
      trial.want(trial.calls().utimens(Arg.path(entry.pathBytes()), 7, 7, 7, 7, 0), refused);
      trial.calls().close(fd);
    }
    trial.want(trial.calls().open(Arg.path(ROOT), O_TMPFILE | O_RDWR, 0600), refused);
    trial.want(trial.calls().open(Arg.path(ROOT), O_TMPFILE | O_WRONLY, 0600), refused);
    Trials.run(subject, trial);
  }

  @Checks("RO-5")
  void settingNoTimeAtAllSucceeds(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.filesAndDirectories(subject, 20)) {
      trial.want(trial.calls().utimensOmit(Arg.path(entry.pathBytes())), Allowed.result(0));
    }
    Trials.run(subject, trial);
  }

  @Checks("RO-6")
  @Should
  void mutationsLeaveNoTraceInTimes(Subject subject) {
    Trial trial = new Trial();
    List<FixtureEntry> nodes = Nodes.oneOfEachKind(subject);
    List<Slot> before = nodes.stream().map(node -> trial.calls().lstat(node.pathBytes())).toList();
    all(subject).forEach(mutation -> mutation.addTo(trial.calls()));
    for (int at = 0; at < nodes.size(); at++) {
      Slot after = trial.calls().lstat(nodes.get(at).pathBytes());
      trial.want(
          "the attributes of before",
          List.of(before.get(at), after),
          observed -> Decoded.firstError(observed).or(() -> changed(observed)));
    }
    trial.run(subject::run);
  }

  @Checks("RO-6")
  void theWholeTreeIsUnchangedAfterEveryMutation(Subject subject) {
    Trial trial = new Trial();
    all(subject).forEach(mutation -> mutation.addTo(trial.calls()));
    trial.calls().dropCaches();
    subject.fixture().walk().forEach(entry -> WholeNode.want(trial, entry));
    Trials.run(subject, trial);
  }

  private static List<Mutation> all(Subject subject) {
    List<Mutation> all = betweenNodes(subject);
    all.addAll(Mutations.ofDirectory(ROOT));
    all.addAll(Mutations.devices(ROOT));
    for (FixtureEntry entry : new HashSet<>(Nodes.oneOfEachKind(subject))) {
      byte[] path = entry.pathBytes();
      switch (entry.tree()) {
        case Tree.Dir _ -> {
          all.addAll(Mutations.ofDirectory(path));
          all.addAll(Mutations.removing(path));
          all.addAll(Mutations.throughDescriptor(path, true));
          all.addAll(Mutations.devices(path));
        }
        case Tree.File(var content, _) -> {
          all.addAll(Mutations.ofFile(path, content.size()));
          all.addAll(Mutations.throughDescriptor(path, false));
        }
        case Tree.Link _ -> all.addAll(Mutations.ofLink(path));
      }
    }
    return all;
  }

  /// Changes that take two nodes: of one kind, and links with what they lead to.
  private static List<Mutation> betweenNodes(Subject subject) {
    List<Mutation> all = new ArrayList<>();
    List<FixtureEntry> files =
        subject.fixture().walk().stream()
            .filter(entry -> entry.tree() instanceof Tree.File)
            .limit(2)
            .toList();
    if (files.size() == 2) {
      all.addAll(Mutations.replacing(files.getFirst().pathBytes(), files.getLast().pathBytes()));
    }
    Nodes.linkToAFile(subject)
        .ifPresent(link -> all.addAll(Mutations.throughLink(link.pathBytes())));
    Nodes.danglingLink(subject)
        .ifPresent(link -> all.add(Mutations.throughDanglingLink(link.pathBytes())));
    return all;
  }

  private static Allowed named(Mutation mutation, Allowed refused) {
    return new Allowed(mutation.name() + ": " + refused.words(), refused.holds(), refused.seen());
  }

  private static Allowed refusedInAnyWay() {
    return Allowed.errno(EROFS, EACCES, EPERM, EOPNOTSUPP, ENOTTY, ENODATA, EINVAL);
  }

  /// The script as another user, which has the mutation's own calls inside.
  private static Slot asNobody(Trial trial, Mutation mutation) {
    return trial.calls().asUser(NOBODY, NOBODY, calls -> mutation.addTo(calls));
  }

  private static Optional<String> refusedInside(Observation user, Allowed refused) {
    if (!user.ok()) {
      return Optional.empty();
    }
    List<Observation> calls = user.inner().calls();
    boolean opens = calls.size() == 3;
    Observation made = opens ? calls.get(1) : calls.getFirst();
    boolean neverOpened = opens && !calls.getFirst().ok();
    return neverOpened || refused.holds().test(made)
        ? Optional.empty()
        : Optional.of(refused.seen().apply(made));
  }

  private static Optional<String> changed(List<Observation> observed) {
    var before = Decoded.stat(observed.getFirst());
    var after = Decoded.stat(observed.getLast());
    boolean same =
        before.mtime().equals(after.mtime())
            && before.ctime().equals(after.ctime())
            && before.mode() == after.mode();
    return same ? Optional.empty() : Optional.of(before + " before, " + after + " after");
  }
}
