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
import org.jspecify.annotations.Nullable;

/// What mutants in the JVM of the tests have in common: the standard fixture, imported once. *Thread-safe.*
final class SharedStore implements AutoCloseable {
  private final Workspace workspace;
  private final Map<Long, Fixture> fixtures = new HashMap<>();
  private final Map<Fixture, Installed> stores = new HashMap<>();

  private SharedStore(Workspace workspace) {
    this.workspace = workspace;
  }

  static SharedStore create() throws TargetException {
    return new SharedStore(Workspace.create(false));
  }

  /// A fixture in a directory and in stores.
  ///
  /// @param isShared whether several mounts show it, so that nothing may be added
  record Installed(Path tree, ReferenceStore store, boolean isShared)
      implements WrappedMount.Backing {
    @Override
    public void add(Fixture additional) throws Exception {
      if (isShared) {
        throw new TargetException("other mounts show the standard fixture: nothing may be added");
      }
      FixtureInstaller.install(additional, tree.toString().getBytes(StandardCharsets.UTF_8));
      store.importNew();
    }

    @Override
    public void close() {
      if (!isShared) {
        store.close();
      }
    }
  }

  synchronized Fixture standardFixture(long seed) {
    return fixtures.computeIfAbsent(seed, FixtureCatalog::standard);
  }

  /// The stores of the standard fixture, or new ones of another.
  Installed installed(Fixture fixture) throws TargetException {
    synchronized (this) {
      if (fixtures.containsValue(fixture)) {
        @Nullable Installed known = stores.get(fixture);
        if (known == null) {
          known = install(fixture, true);
          stores.put(fixture, known);
        }
        return known;
      }
    }
    return install(fixture, false);
  }

  private Installed install(Fixture fixture, boolean isShared) throws TargetException {
    Path tree = workspace.directory("tree");
    byte[] bytes = tree.toString().getBytes(StandardCharsets.UTF_8);
    try {
      FixtureInstaller.install(fixture, bytes);
      return new Installed(tree, ReferenceStore.of(bytes), isShared);
    } catch (Exception e) {
      throw new TargetException("cannot import '" + fixture.name() + "': " + e.getMessage(), e);
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
