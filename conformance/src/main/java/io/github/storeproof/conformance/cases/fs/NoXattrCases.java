package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Errno.EBADF;
import static io.github.storeproof.conformance.prober.Errno.ENODATA;
import static io.github.storeproof.conformance.prober.Errno.ENOENT;
import static io.github.storeproof.conformance.prober.Errno.ENOTSUP;
import static io.github.storeproof.conformance.prober.Errno.ERANGE;
import static io.github.storeproof.conformance.prober.Linux.O_PATH;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.util.List;

/// Extended attributes that no node has. Programs ask for them all the time (`ls -l`, `cp -a`, execve), and an unexpected error
/// stops them.
public final class NoXattrCases {
  private static final int SAMPLE = 20;
  private static final int LARGE_SAMPLE = 300;
  private static final int SIZE_BYTES = 300;
  private static final int LONGEST_NAME_BYTES = 255;
  private static final byte[] NOT_THERE = "not there".getBytes(US_ASCII);

  /// Names of every namespace, of none, and near misses of those that stores use.
  private static final List<String> ABSENT =
      List.of(
          "user.x",
          "user.a name with spaces",
          "user.\u00e9",
          "user.snix.castore",
          "user.snix.castore.blob",
          "user.snix.castore.blob.diges",
          "user.snix.castore.blob.digest2",
          "user.snix.castore.directory.digest.",
          "user.SNIX.castore.blob.digest",
          "user.DOSATTRIB",
          "user.overlay.origin",
          "security.capability",
          "security.evm",
          "system.posix_acl_access",
          "system.posix_acl_default",
          "system.nfs4_acl",
          "trusted.overlay.opaque",
          "trusted.x",
          "no-namespace",
          "unknown.namespace");

  @Checks("XAT-2")
  void whatIsNotThereIsSaidSo(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.any(subject, SAMPLE)) {
      lookForAbsent(trial, entry.pathBytes());
    }
    Nodes.oneOfEachKind(subject).forEach(entry -> lookForAbsent(trial, entry.pathBytes()));
    lookForAbsent(trial, new byte[0]);
    Trials.run(subject, trial);
  }

  @Checks("XAT-2")
  void noNodeHasCapabilitiesOrAccessLists(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.any(subject, LARGE_SAMPLE)) {
      Arg path = Arg.path(entry.pathBytes());
      for (String name : List.of("security.capability", "system.posix_acl_access")) {
        trial.want(
            trial.calls().lgetxattr(path, name, SIZE_BYTES), Allowed.errno(ENODATA, ENOTSUP));
      }
    }
    Trials.run(subject, trial);
  }

  @Checks("XAT-2")
  void descriptorsSayTheSame(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.oneOfEachKind(subject)) {
      if (!(entry.tree() instanceof Tree.Link)) {
        Slot fd = trial.calls().open(entry.pathBytes(), O_RDONLY);
        for (String name : ABSENT) {
          trial.want(
              trial.calls().fgetxattr(fd, name, SIZE_BYTES), Allowed.errno(ENODATA, ENOTSUP));
        }
        trial.calls().close(fd);
        Slot path = trial.calls().open(entry.pathBytes(), O_PATH);
        trial.want(trial.calls().fgetxattr(path, "user.x", SIZE_BYTES), Allowed.errno(EBADF));
        trial.want(trial.calls().flistxattr(path, SIZE_BYTES), Allowed.errno(EBADF));
        trial.calls().close(path);
      }
    }
    Trials.run(subject, trial);
  }

  @Checks("XAT-2")
  void namesAreBounded(Subject subject) {
    Trial trial = new Trial();
    String longest = "user." + "n".repeat(LONGEST_NAME_BYTES - "user.".length());
    for (FixtureEntry entry : Nodes.oneOfEachKind(subject)) {
      Arg path = Arg.path(entry.pathBytes());
      trial.want(
          trial.calls().lgetxattr(path, longest, SIZE_BYTES), Allowed.errno(ENODATA, ENOTSUP));
      trial.want(trial.calls().lgetxattr(path, longest, 0), Allowed.errno(ENODATA, ENOTSUP));
      trial.want(trial.calls().lgetxattr(path, longest + "n", SIZE_BYTES), Allowed.errno(ERANGE));
      trial.want(trial.calls().lgetxattr(path, "", SIZE_BYTES), Allowed.errno(ERANGE));
    }
    Trials.run(subject, trial);
  }

  @Checks("XAT-2")
  void missingNodesAreMissing(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.oneOfEachKind(subject)) {
      if (entry.tree() instanceof Tree.Dir) {
        Arg missing = Arg.path(Mutations.join(entry.pathBytes(), NOT_THERE));
        trial.want(trial.calls().lgetxattr(missing, "user.x", SIZE_BYTES), Allowed.errno(ENOENT));
        trial.want(trial.calls().llistxattr(missing, SIZE_BYTES), Allowed.errno(ENOENT));
      }
    }
    trial.want(trial.calls().llistxattr(Arg.path(NOT_THERE), 0), Allowed.errno(ENOENT));
    Trials.run(subject, trial);
  }

  @Checks("XAT-2")
  void listsHaveNothingThatIsNotThere(Subject subject) {
    CastoreXattrs xattrs = CastoreXattrs.of(subject);
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.any(subject, LARGE_SAMPLE)) {
      wantList(trial, xattrs, entry.pathBytes(), xattrs.namesOf(entry.tree()));
    }
    Trials.run(subject, trial);
  }

  @Checks("XAT-2")
  void theListOfTheRootIsEmptyOrRefused(Subject subject) {
    Trial trial = new Trial();
    wantList(trial, CastoreXattrs.of(subject), new byte[0], List.of());
    Trials.run(subject, trial);
  }

  private static void lookForAbsent(Trial trial, byte[] path) {
    for (String name : ABSENT) {
      trial.want(
          trial.calls().lgetxattr(Arg.path(path), name, SIZE_BYTES),
          Allowed.errno(ENODATA, ENOTSUP));
      trial.want(trial.calls().lgetxattr(Arg.path(path), name, 0), Allowed.errno(ENODATA, ENOTSUP));
    }
  }

  private static void wantList(Trial trial, CastoreXattrs xattrs, byte[] path, List<String> names) {
    Slot list = trial.calls().llistxattr(Arg.path(path), SIZE_BYTES);
    xattrs.wantAsDeclared(trial, list, names);
    Slot length = trial.calls().llistxattr(Arg.path(path), 0);
    trial.want("the length of the list", List.of(list, length), CastoreXattrs::differentLengths);
  }
}
