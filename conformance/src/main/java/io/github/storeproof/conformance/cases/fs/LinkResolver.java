package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Linux;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.model.PathComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where a path of a fixture leads when its links are followed, as path_resolution(7) has it.
/// *Confined.*
///
/// What lies outside of the fixture, above its root or at an absolute path, is not known.
final class LinkResolver {
  /// The most links that one path may lead through.
  static final int MOST_LINKS = 40;

  private final Map<String, Tree> roots = new HashMap<>();

  LinkResolver(Fixture fixture) {
    fixture.roots().forEach((path, tree) -> roots.put(path.basename(), tree));
  }

  /// Where a path leads.
  sealed interface End {
    /// To a node.
    record At(Tree tree) implements End {}

    /// To the root of the fixture.
    record AtTheRoot() implements End {}

    /// To an error, one of these.
    record Failing(List<Errno> errors) implements End {}

    /// Out of the fixture.
    record Outside() implements End {}
  }

  /// A walk: how far it is, and what is left of the path.
  private static final class Walk {
    private final Deque<Tree> places = new ArrayDeque<>();
    private final Deque<byte[]> ahead = new ArrayDeque<>();
    private int links;

    /// Puts the names of a path in front of what is left. A slash at the end asks for a directory,
    /// as `.` does.
    void enter(byte[] path) {
      int to = path.length;
      if (to > 0 && path[to - 1] == '/') {
        ahead.push(new byte[] {'.'});
      }
      for (int at = path.length - 1; at >= -1; at--) {
        if (at < 0 || path[at] == '/') {
          if (to > at + 1) {
            ahead.push(Arrays.copyOfRange(path, at + 1, to));
          }
          to = at;
        }
      }
    }

    boolean inFile() {
      return !places.isEmpty() && !(places.peek() instanceof Tree.Dir);
    }
  }

  /// Follows a path from the root of the fixture, the last name included when it is a link.
  End follow(byte[] path) {
    Walk walk = new Walk();
    walk.enter(path);
    while (!walk.ahead.isEmpty()) {
      Optional<End> end = step(walk, walk.ahead.pop());
      if (end.isPresent()) {
        return end.get();
      }
    }
    return walk.places.isEmpty() ? new End.AtTheRoot() : new End.At(walk.places.peek());
  }

  private Optional<End> step(Walk walk, byte[] name) {
    if (walk.inFile()) {
      return failing(Errno.ENOTDIR);
    }
    if (is(name, ".")) {
      return Optional.empty();
    }
    if (is(name, "..")) {
      if (walk.places.isEmpty()) {
        return Optional.of(new End.Outside());
      }
      walk.places.pop();
      return Optional.empty();
    }
    if (name.length > Linux.NAME_MAX) {
      return failing(Errno.ENOENT, Errno.ENAMETOOLONG);
    }
    return child(walk, name).map(tree -> enter(walk, tree)).orElseGet(() -> failing(Errno.ENOENT));
  }

  private static Optional<End> enter(Walk walk, Tree tree) {
    if (!(tree instanceof Tree.Link(var target))) {
      walk.places.push(tree);
      return Optional.empty();
    }
    walk.links++;
    if (walk.links > MOST_LINKS) {
      return failing(Errno.ELOOP);
    }
    byte[] bytes = target.toBytes();
    if (bytes[0] == '/') {
      return Optional.of(new End.Outside());
    }
    walk.enter(bytes);
    return Optional.empty();
  }

  private Optional<Tree> child(Walk walk, byte[] name) {
    if (walk.places.isEmpty()) {
      return Optional.ofNullable(roots.get(new String(name, StandardCharsets.ISO_8859_1)));
    }
    return walk.places.peek() instanceof Tree.Dir(var children)
        ? Optional.ofNullable(children.get(PathComponent.of(name)))
        : Optional.empty();
  }

  private static Optional<End> failing(Errno... errors) {
    return Optional.of(new End.Failing(List.of(errors)));
  }

  private static boolean is(byte[] name, String text) {
    return Arrays.equals(name, text.getBytes(StandardCharsets.US_ASCII));
  }
}
