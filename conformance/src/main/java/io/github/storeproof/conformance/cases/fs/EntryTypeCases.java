package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.DT_DIR;
import static io.github.storeproof.conformance.prober.Linux.DT_LNK;
import static io.github.storeproof.conformance.prober.Linux.DT_REG;
import static io.github.storeproof.conformance.prober.Linux.DT_UNKNOWN;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Everywhere;
import io.github.storeproof.conformance.oracle.NodeCheck;
import io.github.storeproof.conformance.oracle.RandomTrees;
import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.wire.Dirent;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.Should;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.Tree;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// d_type of the entries of a listing.
public final class EntryTypeCases {
  private static final String[] NAMES = {
    "DT_UNKNOWN", "", "", "", "DT_DIR", "", "", "", "DT_REG", "", "DT_LNK"
  };

  @Checks("TYP-2")
  void typesOfEntriesAreThoseOfTheNodesOrUnknown(Subject subject) {
    Everywhere.look(subject, entry -> entry.tree() instanceof Tree.Dir, types(true));
  }

  @Checks("TYP-2")
  @NeedsAnyFixture
  void typesOfEntriesInRandomTrees(Subject subject) {
    RandomTrees.look(subject, types(true));
  }

  @Checks("TYP-2")
  @Should
  void typesOfEntriesAreKnown(Subject subject) {
    Everywhere.look(subject, entry -> entry.tree() instanceof Tree.Dir, types(false));
  }

  private static NodeCheck types(boolean mayBeUnknown) {
    return (trial, entry) -> {
      if (entry.tree() instanceof Tree.Dir dir) {
        trial.want(
            trial.calls().list(entry.pathBytes()),
            "d_type of each entry's node" + (mayBeUnknown ? ", or DT_UNKNOWN" : ""),
            o -> o.ok() ? firstWrong(dir, o, mayBeUnknown) : Optional.of(Allowed.outcome(o)));
      }
    };
  }

  private static Optional<String> firstWrong(
      Tree.Dir dir, Observation listing, boolean mayBeUnknown) {
    Map<Bytes, Integer> types = new HashMap<>();
    dir.children().forEach((name, node) -> types.put(Bytes.of(name.toBytes()), typeOf(node)));
    for (Dirent entry : Decoded.dirents(listing)) {
      int right = types.getOrDefault(entry.name(), entry.type());
      boolean unknown = mayBeUnknown && entry.type() == DT_UNKNOWN;
      if (entry.type() != right && !unknown) {
        return Optional.of(
            "d_type %s of \"%s\", which is %s"
                .formatted(nameOf(entry.type()), entry.name(), nameOf(right)));
      }
    }
    return Optional.empty();
  }

  private static int typeOf(Tree node) {
    return switch (node) {
      case Tree.Dir _ -> DT_DIR;
      case Tree.File _ -> DT_REG;
      case Tree.Link _ -> DT_LNK;
    };
  }

  private static String nameOf(int type) {
    return type < NAMES.length && !NAMES[type].isEmpty() ? NAMES[type] : Integer.toString(type);
  }
}
