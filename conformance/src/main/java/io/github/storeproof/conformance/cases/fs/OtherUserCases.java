package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Errno.EOPNOTSUPP;
import static io.github.storeproof.conformance.prober.Linux.AT_SYMLINK_NOFOLLOW;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Observations;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Needs;
import io.github.storeproof.conformance.subject.NeedsRoot;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.conformance.target.Feature;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What a user sees who is neither root nor the one who mounted it: all that root sees. The kernel keeps what root has seen,
/// so this user looks first.
@NeedsRoot
@Needs("other-users")
public final class OtherUserCases {
  static final int NOBODY = 65_534;

  private static final int SAMPLE = 80;
  private static final int XATTR_BYTES = 1024;

  @Checks("ACC-1")
  void anotherUserReadsListsAndFollowsWhatIsThere(Subject subject) {
    Trial trial = new Trial();
    trial.calls().dropCaches();
    if (subject.features().claims(Feature.LIST_ROOT)) {
      wantByAnotherUser(
          trial,
          "the listing of the root",
          inside -> inside.want(inside.calls().list(""), Allowed.success()));
    }
    List<FixtureEntry> nodes = new ArrayList<>(Nodes.oneOfEachKind(subject));
    nodes.addAll(Nodes.any(subject, SAMPLE));
    for (FixtureEntry node : nodes) {
      wantByAnotherUser(trial, "all of " + node, inside -> wantWhole(inside, node));
    }
    Trials.run(subject, trial);
  }

  @Checks("ATTR-3")
  void anotherUserSeesTheSameAttributes(Subject subject) {
    Trial trial = new Trial();
    trial.calls().dropCaches();
    List<FixtureEntry> nodes = Nodes.any(subject, SAMPLE);
    List<Slot> others =
        nodes.stream()
            .map(node ->
                trial.calls().asUser(NOBODY, NOBODY, calls -> calls.lstat(node.pathBytes())))
            .toList();
    trial.calls().dropCaches();
    for (int at = 0; at < nodes.size(); at++) {
      trial.want(
          "the same attributes for another user and for root",
          List.of(others.get(at), trial.calls().lstat(nodes.get(at).pathBytes())),
          OtherUserCases::sameAttributes);
    }
    Trials.run(subject, trial);
  }

  @Checks("STF-1")
  void anotherUserIsToldOfTheFilesystem(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry node : Nodes.oneOfEachKind(subject)) {
      if (!(node.tree() instanceof Tree.Link)) {
        wantByAnotherUser(
            trial,
            "statfs of " + node,
            inside ->
                inside.want(inside.calls().statfs(Arg.path(node.pathBytes())), Allowed.success()));
      }
    }
    Trials.run(subject, trial);
  }

  /// Adds calls by another user, and what they must answer.
  ///
  /// @param words what is wanted
  static void wantByAnotherUser(Trial trial, String words, Consumer<Trial> calls) {
    List<Trial> made = new ArrayList<>(1);
    Slot user =
        trial
            .calls()
            .asUser(
                NOBODY,
                NOBODY,
                inside -> {
                  Trial within = Trial.within(inside);
                  calls.accept(within);
                  made.add(within);
                });
    trial.want(user, words + " for another user", seen -> wrong(made.getFirst(), seen));
  }

  private static Optional<String> wrong(Trial made, Observation user) {
    if (!user.ok()) {
      return Optional.of("could not become another user: " + Allowed.outcome(user));
    }
    Observations seen = user.inner();
    return made.firstDeviation(seen)
        .map(deviation -> WholeNode.failedOpen(seen.calls().stream()).orElse(deviation));
  }

  private static void wantWhole(Trial inside, FixtureEntry node) {
    Arg path = Arg.path(node.pathBytes());
    WholeNode.want(inside, path, node.tree());
    inside.want(inside.calls().fstatat(Arg.cwd(), path, AT_SYMLINK_NOFOLLOW), Allowed.success());
    inside.want(
        inside.calls().llistxattr(path, XATTR_BYTES),
        Allowed.success().or(Allowed.errno(EOPNOTSUPP)));
  }

  private static Optional<String> sameAttributes(List<Observation> observed) {
    Observation user = observed.getFirst();
    if (!user.ok()) {
      return Optional.of("could not become another user: " + Allowed.outcome(user));
    }
    return AttributeCases.SAME.deviation(
        List.of(user.inner().calls().getFirst(), observed.getLast()));
  }
}
