package io.github.storeproof.conformance.cases.store;

import io.github.storeproof.conformance.oracle.AllowedReply;
import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.oracle.Property;
import io.github.storeproof.conformance.store.Reply;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Should;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.fixtures.TreeArbitrary;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.SizeRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Recursive Get: all directories, in an order in which each can be checked when it comes.
class RecursiveGetCases {
  private static final int TRIES = 25;
  private static final int LEVELS = 5;
  private static final int WIDTH = 3;

  @Checks("DSV-2")
  void anyTreeComesParentsFirst(StoreSubject subject) {
    SizeRule rule = subject.sizeRule();
    Property.check(
        subject,
        TreeArbitrary.trees(),
        TRIES,
        (dialog, tree) -> wantAll(dialog, Directories.of(tree, rule)));
  }

  @Checks("DSV-2")
  void sharedDirectoriesComeOnce(StoreSubject subject) {
    wantAll(subject.dialog(), lattice(subject));
    wantAll(subject.dialog(), List.of(Directory.EMPTY));
    wantAll(subject.dialog(), shortcut(subject));
  }

  /// Each level has two directories, and each of those has both of the level below.
  private static List<Directory> lattice(StoreSubject subject) {
    SizeRule rule = subject.sizeRule();
    List<Directory> directories = new ArrayList<>();
    Directory left = DirectoryCases.link("left");
    Directory right = DirectoryCases.link("right");
    directories.add(left);
    directories.add(right);
    for (int level = 0; level < LEVELS; level++) {
      Directory.Builder first = Directory.builder();
      first.add(PathComponent.of("a"), Directories.node(left, rule));
      first.add(PathComponent.of("b"), Directories.node(right, rule));
      Directory.Builder second = Directory.builder();
      second.add(PathComponent.of("c"), Directories.node(right, rule));
      second.add(PathComponent.of("d"), Directories.node(left, rule));
      left = first.build();
      right = second.build();
      directories.add(left);
      directories.add(right);
    }
    directories.add(
        Directory.builder()
            .add(PathComponent.of("l"), Directories.node(left, rule))
            .add(PathComponent.of("r"), Directories.node(right, rule))
            .build());
    return directories;
  }

  /// A leaf that the root has, and a directory at the end of a longer way has too: it comes behind that one.
  private static List<Directory> shortcut(StoreSubject subject) {
    SizeRule rule = subject.sizeRule();
    Directory leaf = DirectoryCases.link("leaf");
    Directory inner =
        Directory.builder().add(PathComponent.of("leaf"), Directories.node(leaf, rule)).build();
    Directory outer =
        Directory.builder().add(PathComponent.of("inner"), Directories.node(inner, rule)).build();
    Directory root =
        Directory.builder()
            .add(PathComponent.of("outer"), Directories.node(outer, rule))
            .add(PathComponent.of("short"), Directories.node(leaf, rule))
            .build();
    return List.of(leaf, inner, outer, root);
  }

  /// The same directories are a tree of their own and a part of another, in both orders.
  @Checks("DSV-2")
  void treesThatBecomeBranchesStayTrees(StoreSubject subject) {
    for (boolean isFirst : new boolean[] {true, false}) {
      Dialog dialog = subject.dialog();
      List<Directory> whole = Corners.threeLevels(2, subject.sizeRule(), subject.random());
      List<Directory> branch = whole.subList(0, 2);
      for (List<Directory> tree : isFirst ? List.of(branch, whole) : List.of(whole, branch)) {
        wantAll(dialog, tree);
      }
      dialog.want(
          "Get of a root that is a directory of another root",
          Directories.get(dialog, branch.getLast().digest(), false),
          Directories.directory(branch.getLast()));
      dialog.want(
          "recursive Get of a root that is a directory of another root",
          Directories.get(dialog, branch.getLast().digest(), true),
          all(branch));
    }
  }

  private static void wantAll(Dialog dialog, List<Directory> directories) {
    Directories.put(dialog, directories);
    dialog.want(
        "recursive Get of the root of " + directories.size() + " directories",
        Directories.get(dialog, directories.getLast().digest(), true),
        all(directories));
  }

  /// Success with all of these directories, the last of which is the root.
  static AllowedReply all(List<Directory> directories) {
    B3Digest root = directories.getLast().digest();
    Map<B3Digest, Directory> wanted = new HashMap<>();
    directories.forEach(directory -> wanted.put(directory.digest(), directory));
    return AllowedReply.ok(
        "OK and each of "
            + wanted.size()
            + " directories once, the root first, none before one"
            + " that has it",
        reply -> wrong(reply, root, wanted));
  }

  private static Optional<String> wrong(
      Reply reply, B3Digest root, Map<B3Digest, Directory> wanted) {
    Set<B3Digest> announced = new HashSet<>(Set.of(root));
    Map<B3Digest, Integer> seen = new LinkedHashMap<>();
    for (byte[] message : reply.messages()) {
      int number = seen.size() + 1;
      Optional<B3Digest> digest = Directories.canonical(message).map(Blake3::hash);
      Directory directory = digest.map(wanted::get).orElse(null);
      if (digest.isEmpty() || directory == null) {
        return Optional.of("message " + number + " is none of the directories of the tree");
      }
      Integer before = seen.put(digest.get(), number);
      if (before != null) {
        return Optional.of(
            digest.get() + " twice, as message " + before + " and after " + (number - 1));
      }
      if (!announced.contains(digest.get())) {
        return Optional.of(
            "message " + number + " is " + digest.get() + ", before any directory that has it");
      }
      directory.forEach((_, node) -> {
        if (node instanceof DirectoryNode child) {
          announced.add(child.digest());
        }
      });
    }
    return seen.size() == wanted.size()
        ? Optional.empty()
        : Optional.of(seen.size() + " of the " + wanted.size() + " directories");
  }

  /// A tree without equal directories: the level of each is known.
  @Checks("DSV-2")
  @Should
  void levelsComeInTheirOrder(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    Map<B3Digest, Integer> levels = new HashMap<>();
    List<Directory> directories = new ArrayList<>();
    Directory root = grown("root", 0, subject.sizeRule(), levels, directories);
    Directories.put(dialog, directories);
    dialog.want(
        "recursive Get of " + directories.size() + " directories",
        Directories.get(dialog, root.digest(), true),
        AllowedReply.ok(
            "OK and level by level",
            reply -> {
              int level = 0;
              for (byte[] message : reply.messages()) {
                int next =
                    Directories.canonical(message)
                        .map(bytes -> levels.getOrDefault(Blake3.hash(bytes), 0))
                        .orElse(0);
                if (next < level) {
                  return Optional.of("a directory of level " + next + " behind one of " + level);
                }
                level = next;
              }
              return Optional.empty();
            }));
  }

  private static Directory grown(
      String name,
      int level,
      SizeRule rule,
      Map<B3Digest, Integer> levels,
      List<Directory> directories) {
    Directory.Builder builder =
        Directory.builder().add(PathComponent.of("name"), Corners.link(name));
    for (int i = 0; level < WIDTH && i < WIDTH; i++) {
      Directory child = grown(name + i, level + 1, rule, levels, directories);
      builder.add(PathComponent.of("d" + i), Directories.node(child, rule));
    }
    Directory built = builder.build();
    levels.put(built.digest(), level);
    directories.add(built);
    return built;
  }
}
