package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Errno.ENODATA;
import static io.github.storeproof.conformance.prober.Errno.ENOTSUP;
import static io.github.storeproof.conformance.prober.Errno.ERANGE;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Everywhere;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Needs;
import io.github.storeproof.conformance.subject.NeedsRoot;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.util.List;

/// Extended attributes of a store that tells digests by them.
@Needs("castore-xattrs")
public final class XattrCases {
  private static final int AMPLE_BYTES = 400;
  private static final int SAMPLE = 300;

  @Checks("XAT-1")
  void everyFileAndDirectoryTellsItsDigest(Subject subject) {
    CastoreXattrs xattrs = CastoreXattrs.of(subject);
    Everywhere.look(
        subject,
        XattrCases::hasDigest,
        (trial, entry) -> {
          Arg path = Arg.path(entry.pathBytes());
          String name = xattrs.nameFor(entry.tree());
          trial.want(
              trial.calls().getxattr(path, name, AMPLE_BYTES), xattrs.allowedValue(entry.tree()));
        });
  }

  @Checks("XAT-1")
  void theLengthIsToldAndTooSmallABufferRefused(Subject subject) {
    CastoreXattrs xattrs = CastoreXattrs.of(subject);
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.filesAndDirectories(subject, 100)) {
      Arg path = Arg.path(entry.pathBytes());
      String name = xattrs.nameFor(entry.tree());
      int length = CastoreXattrs.VALUE_BYTES;
      for (int size : new int[] {0, length, length + 1, 65_536}) {
        trial.want(trial.calls().getxattr(path, name, size), Allowed.result(length));
      }
      for (int size : new int[] {1, length / 2, length - 1}) {
        trial.want(trial.calls().getxattr(path, name, size), Allowed.errno(ERANGE));
      }
    }
    Trials.run(subject, trial);
  }

  @Checks("XAT-1")
  void theListHasTheNameAndItsLength(Subject subject) {
    CastoreXattrs xattrs = CastoreXattrs.of(subject);
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.filesAndDirectories(subject, 100)) {
      Arg path = Arg.path(entry.pathBytes());
      String name = xattrs.nameFor(entry.tree());
      Slot list = trial.calls().listxattr(path, AMPLE_BYTES);
      CastoreXattrs.wantNames(trial, list, List.of(name));
      Slot length = trial.calls().listxattr(path, 0);
      trial.want("the length of the list", List.of(list, length), CastoreXattrs::differentLengths);
      trial.want(trial.calls().listxattr(path, name.length()), Allowed.errno(ERANGE));
      trial.want(trial.calls().listxattr(path, 1), Allowed.errno(ERANGE));
    }
    Trials.run(subject, trial);
  }

  @Checks("XAT-1")
  void descriptorsTellWhatPathsTell(Subject subject) {
    CastoreXattrs xattrs = CastoreXattrs.of(subject);
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.filesAndDirectories(subject, 60)) {
      String name = xattrs.nameFor(entry.tree());
      Slot fd = trial.calls().open(entry.pathBytes(), O_RDONLY);
      trial.want(trial.calls().fgetxattr(fd, name, AMPLE_BYTES), xattrs.allowedValue(entry.tree()));
      trial.want(trial.calls().fgetxattr(fd, name, 0), Allowed.result(CastoreXattrs.VALUE_BYTES));
      CastoreXattrs.wantNames(trial, trial.calls().flistxattr(fd, AMPLE_BYTES), List.of(name));
      trial.calls().close(fd);
    }
    Trials.run(subject, trial);
  }

  @Checks("XAT-1")
  void aKindOfNodeHasOnlyItsOwn(Subject subject) {
    CastoreXattrs xattrs = CastoreXattrs.of(subject);
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.any(subject, SAMPLE)) {
      for (String name : xattrs.names()) {
        if (!hasDigest(entry) || !name.equals(xattrs.nameFor(entry.tree()))) {
          trial.want(
              trial.calls().lgetxattr(Arg.path(entry.pathBytes()), name, AMPLE_BYTES),
              Allowed.errno(ENODATA, ENOTSUP));
        }
      }
    }
    Trials.run(subject, trial);
  }

  @Checks("XAT-1")
  void theRootOfTheMountHasNoDigest(Subject subject) {
    CastoreXattrs xattrs = CastoreXattrs.of(subject);
    Trial trial = new Trial();
    for (String name : xattrs.names()) {
      trial.want(trial.calls().getxattr("", name, AMPLE_BYTES), Allowed.errno(ENODATA, ENOTSUP));
    }
    CastoreXattrs.wantNames(trial, trial.calls().listxattr("", AMPLE_BYTES), List.of());
    Trials.run(subject, trial);
  }

  @Checks("XAT-1")
  @NeedsRoot
  @Needs("other-users")
  void anotherUserIsToldTheSameDigests(Subject subject) {
    CastoreXattrs xattrs = CastoreXattrs.of(subject);
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.filesAndDirectories(subject, 20)) {
      Arg path = Arg.path(entry.pathBytes());
      String name = xattrs.nameFor(entry.tree());
      OtherUserCases.wantByAnotherUser(
          trial,
          "the digest of " + entry,
          inside -> {
            inside.want(
                inside.calls().getxattr(path, name, AMPLE_BYTES),
                xattrs.allowedValue(entry.tree()));
            CastoreXattrs.wantNames(
                inside, inside.calls().listxattr(path, AMPLE_BYTES), List.of(name));
          });
    }
    Trials.run(subject, trial);
  }

  private static boolean hasDigest(FixtureEntry entry) {
    return !(entry.tree() instanceof Tree.Link);
  }
}
