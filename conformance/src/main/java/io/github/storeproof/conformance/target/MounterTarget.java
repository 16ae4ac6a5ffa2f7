package io.github.storeproof.conformance.target;

import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureCatalog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A target that a [Mounter] mounts. *Thread-safe.*
public final class MounterTarget implements Target {
  private final String name;
  private final Features features;
  private final Map<String, String> knownFailures;
  private final Mounter mounter;
  private final Workspace workspace;
  private final Map<Fixture, Path> trees = new IdentityHashMap<>();
  private final Queue<MounterMount> mounts = new ConcurrentLinkedQueue<>();

  /// A target that keeps its files in a workspace and closes it in the end.
  public MounterTarget(
      String name,
      Features features,
      Map<String, String> knownFailures,
      Mounter mounter,
      Workspace workspace) {
    this.name = name;
    this.features = features;
    this.knownFailures = Map.copyOf(knownFailures);
    this.mounter = mounter;
    this.workspace = workspace;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String kind() {
    return TargetProfile.Kind.MOUNT.word();
  }

  @Override
  public Features features() {
    return features;
  }

  @Override
  public Map<String, String> knownFailures() {
    return knownFailures;
  }

  @Override
  public Fixture standardFixture(long seed) {
    return FixtureCatalog.standard(seed);
  }

  @Override
  public LiveMount start(Fixture fixture, Duration deadline) throws TargetException {
    return open(fixture, tree(fixture), deadline);
  }

  MounterMount open(Fixture fixture, Path tree, Duration deadline) throws TargetException {
    MounterMount mount =
        new MounterMount(this, fixture, tree, workspace.directory("mount"), mounter);
    mounts.add(mount);
    try {
      mount.open(deadline);
    } catch (TargetException | RuntimeException e) {
      mount.close();
      throw e;
    }
    return mount;
  }

  private Path tree(Fixture fixture) throws TargetException {
    synchronized (trees) {
      Path known = trees.get(fixture);
      if (known == null) {
        known = workspace.directory("tree");
        ProfileTarget.install(fixture, known);
        trees.put(fixture, known);
      }
      return known;
    }
  }

  void closed(MounterMount mount) {
    mounts.remove(mount);
  }

  @Override
  public Optional<Path> files() {
    return Optional.of(workspace.root());
  }

  @Override
  public boolean takesAnyFixture() {
    return true;
  }

  @Override
  public boolean canRefresh() {
    return false;
  }

  @Override
  public void close() {
    mounts.forEach(MounterMount::close);
    workspace.close();
  }
}
