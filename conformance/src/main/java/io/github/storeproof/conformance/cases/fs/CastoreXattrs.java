package io.github.storeproof.conformance.cases.fs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Escapes;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.store.DirectorySizes;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.conformance.target.Feature;
import io.github.storeproof.conformance.target.Features;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.fixtures.TreeNodes;
import io.github.storeproof.model.SizeRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The extended attributes that tell digests, named after the package of the store's services, and lists of names.
final class CastoreXattrs {
  /// The length of `blake3-` and 32 bytes in base64.
  static final int VALUE_BYTES = 7 + 44;

  private static final int SHOWN_BYTES = 120;
  private static final String USUAL_PACKAGE = "snix";

  /// What security modules of the kernel add to every node.
  private static final String OF_THE_KERNEL = "security.";

  private final Features features;
  private final List<SizeRule> sizeRules;
  private final Map<Tree, Allowed> known = new IdentityHashMap<>();

  private CastoreXattrs(Features features, List<SizeRule> sizeRules) {
    this.features = features;
    this.sizeRules = sizeRules;
  }

  static CastoreXattrs of(Subject subject) {
    return of(subject.features());
  }

  /// A target that does not say how it counts the sizes of directories may do it either way.
  static CastoreXattrs of(Features features) {
    return new CastoreXattrs(
        features,
        features
            .value(Feature.DIRECTORY_SIZE)
            .flatMap(DirectorySizes::ofWord)
            .orElse(DirectorySizes.EITHER)
            .rules());
  }

  /// `user.snix.castore.blob.digest`, of files.
  String blob() {
    return name("blob");
  }

  /// `user.snix.castore.directory.digest`, of directories.
  String directory() {
    return name("directory");
  }

  private String name(String kind) {
    return "user."
        + features.value(Feature.STORE_PACKAGE).orElse(USUAL_PACKAGE)
        + ".castore."
        + kind
        + ".digest";
  }

  List<String> names() {
    return List.of(blob(), directory());
  }

  /// The attribute that a file or a directory has.
  String nameFor(Tree tree) {
    return tree instanceof Tree.Dir ? directory() : blob();
  }

  /// The attributes that a node has where digests are told.
  List<String> namesOf(Tree tree) {
    return tree instanceof Tree.Link ? List.of() : List.of(nameFor(tree));
  }

  /// The digest of the node.
  Allowed allowedValue(Tree tree) {
    return known.computeIfAbsent(
        tree,
        _ ->
            digests(tree).stream()
                .map(digest -> Allowed.bytes(digest.getBytes(US_ASCII)))
                .reduce(Allowed::or)
                .orElseThrow());
  }

  private List<String> digests(Tree tree) {
    return switch (tree) {
      case Tree.File(var content, _) -> List.of(content.digest().toString());
      case Tree.Dir dir ->
          sizeRules.stream()
              .map(rule -> TreeNodes.directory(dir, rule).digest().toString())
              .distinct()
              .toList();
      case Tree.Link _ -> throw new IllegalArgumentException("a link has no digest");
    };
  }

  /// Wants a list of these names in any order, each ended by a NUL; names of the kernel's own may be among them.
  static void wantNames(Trial trial, Slot list, List<String> names) {
    trial.want(
        list,
        names.isEmpty() ? "an empty list, or ENOTSUP" : names + ", each with a NUL",
        o ->
            o.ok() || (names.isEmpty() && o.errno().equals(Errno.ENOTSUP))
                ? wrongNames(o.bytes(), names)
                : Optional.of(Allowed.outcome(o)));
  }

  /// Wants these names where the target claims to tell digests and none where it denies it; where it says nothing, a list of
  /// any names in the right form.
  void wantAsDeclared(Trial trial, Slot list, List<String> names) {
    if (features.value(Feature.CASTORE_XATTRS).isEmpty()) {
      trial.want(
          list, "a list of different names, each with a NUL, or ENOTSUP", CastoreXattrs::malformed);
    } else {
      wantNames(trial, list, features.claims(Feature.CASTORE_XATTRS) ? names : List.of());
    }
  }

  private static Optional<String> malformed(Observation o) {
    return o.ok() || o.errno().equals(Errno.ENOTSUP)
        ? wrongForm(o.bytes())
        : Optional.of(Allowed.outcome(o));
  }

  /// What is wrong with the form of a list, whatever it names; empty when nothing is.
  static Optional<String> wrongForm(byte[] list) {
    List<String> names = new ArrayList<>(List.of(new String(list, ISO_8859_1).split("\0", -1)));
    boolean isEnded = names.removeLast().isEmpty();
    boolean isEachOne = !names.contains("") && new HashSet<>(names).size() == names.size();
    return isEnded && isEachOne ? Optional.empty() : Optional.of(shown(list));
  }

  private static String shown(byte[] list) {
    return "the list " + Escapes.quote(list, SHOWN_BYTES);
  }

  private static Optional<String> wrongNames(byte[] list, List<String> names) {
    List<String> listed = new ArrayList<>(List.of(new String(list, ISO_8859_1).split("\0", -1)));
    boolean isEnded = listed.removeLast().isEmpty();
    listed.removeIf(name -> name.startsWith(OF_THE_KERNEL));
    return isEnded && counted(listed).equals(counted(names))
        ? Optional.empty()
        : Optional.of(shown(list));
  }

  private static Map<String, Integer> counted(List<String> names) {
    Map<String, Integer> counts = new HashMap<>();
    names.forEach(name -> counts.merge(name, 1, Integer::sum));
    return counts;
  }

  /// What is wrong when a list and its length disagree.
  static Optional<String> differentLengths(List<Observation> o) {
    return o.getFirst().result() == o.getLast().result()
            && o.getFirst().errno().equals(o.getLast().errno())
        ? Optional.empty()
        : Optional.of(
            "a list of %d bytes whose length is %s"
                .formatted(o.getFirst().result(), Allowed.outcome(o.getLast())));
  }
}
