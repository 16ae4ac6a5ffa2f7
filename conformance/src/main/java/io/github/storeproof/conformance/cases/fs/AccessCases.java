package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Errno.EACCES;
import static io.github.storeproof.conformance.prober.Errno.ENOENT;
import static io.github.storeproof.conformance.prober.Linux.AT_EACCESS;
import static io.github.storeproof.conformance.prober.Linux.AT_SYMLINK_NOFOLLOW;
import static io.github.storeproof.conformance.prober.Linux.F_OK;
import static io.github.storeproof.conformance.prober.Linux.O_DIRECTORY;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.R_OK;
import static io.github.storeproof.conformance.prober.Linux.X_OK;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Everywhere;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Needs;
import io.github.storeproof.conformance.subject.NeedsRoot;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.util.List;
import java.util.Optional;

/// access and faccessat2: they agree with the modes, for root too.
public final class AccessCases {
  private static final int NOBODY = 65_534;

  @Checks("ACC-1")
  void everythingThatIsThereCanBeRead(Subject subject) {
    Everywhere.look(
        subject,
        entry -> !(entry.tree() instanceof Tree.Link),
        (trial, entry) -> {
          trial.want(trial.calls().access(entry.pathBytes(), F_OK), Allowed.success());
          trial.want(trial.calls().access(entry.pathBytes(), R_OK), Allowed.success());
        });
  }

  @Checks("ACC-1")
  void onlyExecutablesAndDirectoriesCanBeExecuted(Subject subject) {
    Everywhere.look(
        subject,
        entry -> !(entry.tree() instanceof Tree.Link),
        (trial, entry) -> {
          Allowed allowed = executable(entry) ? Allowed.success() : Allowed.errno(EACCES);
          Arg path = Arg.path(entry.pathBytes());
          trial.want(trial.calls().faccessat(Arg.cwd(), path, X_OK), allowed);
          trial.want(trial.calls().faccessat2(Arg.cwd(), path, X_OK, AT_EACCESS), allowed);
          trial.want(trial.calls().faccessat2(Arg.cwd(), path, R_OK | X_OK, 0), allowed);
        });
  }

  @Checks("ACC-1")
  void linksThemselvesAreThere(Subject subject) {
    Everywhere.look(
        subject,
        entry -> entry.tree() instanceof Tree.Link,
        (trial, entry) ->
            trial.want(
                trial
                    .calls()
                    .faccessat2(Arg.cwd(), Arg.path(entry.pathBytes()), F_OK, AT_SYMLINK_NOFOLLOW),
                Allowed.success()));
  }

  @Checks("ACC-1")
  void whatIsNotThereIsEnoent(Subject subject) {
    Everywhere.look(
        subject,
        entry -> entry.tree() instanceof Tree.Dir,
        (trial, entry) -> {
          byte[] absent =
              Mutations.join(
                  entry.pathBytes(), new byte[] {'s', 'p', '-', 'a', 'b', 's', 'e', 'n', 't'});
          trial.want(trial.calls().access(absent, F_OK), Allowed.errno(ENOENT));
          trial.want(trial.calls().access(absent, X_OK), Allowed.errno(ENOENT));
        });
  }

  @Checks("ACC-1")
  @NeedsRoot
  @Needs("other-users")
  void anotherUserMayReadEverything(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.filesAndDirectories(subject, 40)) {
      boolean directory = entry.tree() instanceof Tree.Dir;
      Slot user =
          trial
              .calls()
              .asUser(
                  NOBODY,
                  NOBODY,
                  calls -> {
                    calls.access(entry.pathBytes(), R_OK);
                    calls.access(entry.pathBytes(), X_OK);
                    calls.open(entry.pathBytes(), directory ? O_RDONLY | O_DIRECTORY : O_RDONLY);
                  });
      boolean x = executable(entry);
      trial.want(
          user,
          "read access, %s, and an open file for another user"
              .formatted(x ? "execute access" : "EACCES to execute"),
          o -> otherUser(o, x));
    }
    Trials.run(subject, trial);
  }

  private static Optional<String> otherUser(Observation user, boolean executable) {
    if (!user.ok()) {
      return Optional.of("could not become another user: " + Allowed.outcome(user));
    }
    List<Observation> calls = user.inner().calls();
    boolean right = calls.get(0).ok() && calls.get(1).ok() == executable && calls.get(2).ok();
    return right
        ? Optional.empty()
        : Optional.of(
            "R_OK %s, X_OK %s, open %s"
                .formatted(calls.get(0).errno(), calls.get(1).errno(), calls.get(2).errno()));
  }

  private static boolean executable(FixtureEntry entry) {
    return entry.tree() instanceof Tree.Dir || entry.tree() instanceof Tree.File(_, boolean x) && x;
  }
}
