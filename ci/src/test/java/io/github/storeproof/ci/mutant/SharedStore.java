package io.github.storeproof.ci.mutant;

import io.github.storeproof.app.ReferenceStore;
import io.github.storeproof.conformance.target.TargetException;
import io.github.storeproof.conformance.target.Workspace;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.fixtures.FixtureInstaller;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// What mutants without a profile have in common: the standard fixture, written and imported once. *Thread-safe.*
final class SharedStore implements AutoCloseable {
  private final Workspace workspace;
  private final Map<Long, Fixture> fixtures = new HashMap<>();
  private final Map<Fixture, Tree> trees = new HashMap<>();
  private final Map<Fixture, Installed> stores = new HashMap<>();

  private SharedStore(Workspace workspace) {
    this.workspace = workspace;
  }

  static SharedStore create() throws TargetException {
    return new SharedStore(Workspace.create(false));
  }

  /// A fixture in a directory.
  ///
  /// @param isShared whether several mounts show it, so that nothing may be added
  record Tree(Path path, boolean isShared) {
    byte[] bytes() {
      return path.toString().getBytes(StandardCharsets.UTF_8);
    }

    void add(Fixture additional) throws TargetException {
      if (isShared) {
        throw new TargetException("other mounts show the standard fixture: nothing may be added");
      }
      install(additional);
    }

    private void install(Fixture fixture) throws TargetException {
      try {
        FixtureInstaller.install(fixture, bytes());
      } catch (Exception e) {
        throw new TargetException("cannot write '" + fixture.name() + "': " + e.getMessage(), e);
      }
    }
  }

  /// A fixture in a directory and in stores.
  record Installed(Tree tree, ReferenceStore store) implements WrappedMount.Backing {
    static Installed of(Tree tree) throws TargetException {
      try {
        return new Installed(tree, ReferenceStore.of(tree.bytes()));
      } catch (Exception e) {
        throw new TargetException("cannot import " + tree.path() + ": " + e.getMessage(), e);
      }
    }

    @Override
    public void add(Fixture additional) throws Exception {
      tree.add(additional);
      store.importNew();
    }

    @Override
    public void close() {
      if (!tree.isShared()) {
        store.close();
      }
    }
  }

  synchronized Fixture standardFixture(long seed) {
    return fixtures.computeIfAbsent(seed, FixtureCatalog::standard);
  }

  /// The directory of the standard fixture, or a new one of another.
  Tree tree(Fixture fixture) throws TargetException {
    synchronized (this) {
      if (fixtures.containsValue(fixture)) {
        Tree known = trees.get(fixture);
        if (known == null) {
          known = written(fixture, true);
          trees.put(fixture, known);
        }
        return known;
      }
    }
    return written(fixture, false);
  }

  private Tree written(Fixture fixture, boolean isShared) throws TargetException {
    Tree tree = new Tree(workspace.directory("tree"), isShared);
    tree.install(fixture);
    return tree;
  }

  /// The stores of the standard fixture, or new ones of another.
  Installed installed(Fixture fixture) throws TargetException {
    Tree tree = tree(fixture);
    if (!tree.isShared()) {
      return Installed.of(tree);
    }
    synchronized (this) {
      Installed known = stores.get(fixture);
      if (known == null) {
        known = Installed.of(tree);
        stores.put(fixture, known);
      }
      return known;
    }
  }

  Path mountPoint() throws TargetException {
    return workspace.directory("mount");
  }

  @Override
  public void close() {
    stores.values().forEach(installed -> installed.store().close());
    workspace.close();
  }
}
