package io.github.storeproof.conformance.oracle;

import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Call;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.RawBytes;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.StorePath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Cuts a fixture down to the nodes that a script names: those nodes, the directories above them, and for a named directory
/// its entries, because a listing shows them. *Confined.*
public final class Pruning {
  private final Set<RawBytes> named = new HashSet<>();
  private final Set<RawBytes> above = new HashSet<>();

  private Pruning() {}

  /// The part of a fixture that a script names; without roots when it names nothing of it.
  public static Fixture to(Fixture fixture, Script script) {
    Pruning pruning = new Pruning();
    pruning.collect(script);
    TreeMap<StorePath, Tree> roots = new TreeMap<>(fixture.roots().comparator());
    fixture
        .roots()
        .forEach((path, tree) -> {
          RawBytes at = RawBytes.of(path.basename().getBytes(StandardCharsets.US_ASCII));
          if (pruning.named.contains(at) || pruning.above.contains(at)) {
            roots.put(path, pruning.cut(at, tree));
          }
        });
    return new Fixture(roots, fixture.name());
  }

  private Tree cut(RawBytes at, Tree tree) {
    if (!(tree instanceof Tree.Dir dir)) {
      return tree;
    }
    boolean listed = named.contains(at);
    TreeMap<PathComponent, Tree> kept = new TreeMap<>();
    for (Map.Entry<PathComponent, Tree> child : dir.children().entrySet()) {
      RawBytes path = join(at, child.getKey());
      if (listed || named.contains(path) || above.contains(path)) {
        kept.put(child.getKey(), cut(path, child.getValue()));
      }
    }
    return new Tree.Dir(kept);
  }

  private void collect(Script script) {
    for (Call call : script.calls()) {
      call.args().forEach(this::collect);
      call.nested().forEach(this::collect);
    }
  }

  private void collect(Arg arg) {
    if (arg instanceof Arg.RootPath(var relative)) {
      byte[] path = relative.toArray();
      named.add(RawBytes.of(path));
      for (int at = 0; at < path.length; at++) {
        if (path[at] == '/') {
          above.add(RawBytes.of(Arrays.copyOf(path, at)));
        }
      }
    }
  }

  private static RawBytes join(RawBytes parent, PathComponent name) {
    byte[] above = parent.toBytes();
    byte[] below = name.toBytes();
    byte[] path = Arrays.copyOf(above, above.length + 1 + below.length);
    path[above.length] = '/';
    System.arraycopy(below, 0, path, above.length + 1, below.length);
    return RawBytes.of(path);
  }
}
