package io.github.storeproof.conformance.target;

import io.github.storeproof.conformance.target.Placeholders.Word;
import io.github.storeproof.conformance.target.TargetProfile.MountCommand;
import io.github.storeproof.conformance.target.TargetProfile.Populate;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.fixtures.FixtureInstaller;
import io.github.storeproof.fixtures.RawBytes;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/// A target that the kit starts by the commands of a profile. *Thread-safe.*
public final class ProfileTarget implements Target {
  /// The longest time to pack a tree, before patience.
  private static final Duration POPULATE_LIMIT = Duration.ofMinutes(3);

  private final TargetProfile profile;
  private final Workspace workspace;
  private final Map<Fixture, Population> populations = new IdentityHashMap<>();
  private final Set<ProfileMount> mounts = new HashSet<>();

  /// A target that keeps its files in a workspace and closes it in the end.
  public ProfileTarget(TargetProfile profile, Workspace workspace) {
    this.profile = profile;
    this.workspace = workspace;
  }

  /// A fixture on disk, packed.
  ///
  /// @param tree the fixture as a plain directory
  /// @param work the directory of its images
  record Population(Path tree, Path work) {}

  @Override
  public String name() {
    return profile.name();
  }

  @Override
  public String kind() {
    return profile.kind().word();
  }

  @Override
  public Features features() {
    return profile.features();
  }

  @Override
  public Map<String, String> knownFailures() {
    return profile.knownFailures();
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
    return switch (profile.populate()) {
      case Populate.Command(_, Optional<String> refresh) -> refresh.isPresent();
      case Populate.Grpc _ -> true;
    };
  }

  @Override
  public boolean hasFaults() {
    return profile.populate() instanceof Populate.Grpc
        && profile.mount().filter(mount -> Placeholders.asksTheStore(mount.command())).isPresent();
  }

  @Override
  public boolean readsArchives() {
    return profile.narCommand().isPresent();
  }

  @Override
  public ArchiveCopies copyArchives(SortedMap<String, RawBytes> archives, Duration limit)
      throws TargetException {
    if (profile.narCommand().isEmpty()) {
      return Target.super.copyArchives(archives, limit);
    }
    return new ArchiveReader(profile.narCommand().get(), workspace).read(archives, limit);
  }

  @Override
  public Fixture standardFixture(long seed) {
    return FixtureCatalog.standard(seed);
  }

  @Override
  public LiveMount start(Fixture fixture, Duration deadline) throws TargetException {
    ProfileMount mount = unopened(fixture, population(fixture));
    opened(mount);
    try {
      mount.open(deadline);
    } catch (TargetException | RuntimeException e) {
      mount.close();
      throw e;
    }
    return mount;
  }

  private ProfileMount unopened(Fixture fixture, Population population) throws TargetException {
    MountCommand command =
        profile
            .mount()
            .orElseThrow(() ->
                new TargetException(
                    "profile " + name() + " is a store service; checking one is not available"));
    return new ProfileMount(this, fixture, population, command);
  }

  @Override
  public boolean meets(Obstacle obstacle) {
    String placeholder = "{" + Word.SOCKET.key() + "}";
    return switch (obstacle) {
      case MOUNT_POINT_IS_A_FILE, NO_MOUNT_POINT -> true;
      case STALE_SOCKET ->
          profile.mount().filter(mount -> mount.command().contains(placeholder)).isPresent()
              || profile.services().stream().anyMatch(s -> s.command().contains(placeholder));
    };
  }

  @Override
  public MountAttempt attempt(Fixture fixture, Obstacle obstacle, Duration limit)
      throws TargetException {
    Population population = population(fixture);
    ProfileMount mount = unopened(fixture, population);
    opened(mount);
    try {
      return mount.attempt(obstacle, blocked(obstacle, population), limit);
    } finally {
      mount.close();
    }
  }

  /// Puts an obstacle in the way and returns the mount point.
  private Path blocked(Obstacle obstacle, Population population) throws TargetException {
    Path directory = workspace.directory("blocked");
    Path point = directory.resolve("mount");
    try {
      switch (obstacle) {
        case NO_MOUNT_POINT -> {}
        case MOUNT_POINT_IS_A_FILE -> Files.createFile(point);
        case STALE_SOCKET -> {
          Files.createDirectory(point);
          Path socket = population.work().resolve("socket");
          Files.deleteIfExists(socket);
          ServerSocketChannel.open(StandardProtocolFamily.UNIX)
              .bind(UnixDomainSocketAddress.of(socket))
              .close();
        }
      }
    } catch (java.io.IOException e) {
      throw new TargetException("cannot make " + obstacle.words() + ": " + e.getMessage(), e);
    }
    return point;
  }

  void opened(ProfileMount mount) {
    synchronized (mounts) {
      mounts.add(mount);
    }
  }

  /// A population is made once and shared by the mounts of a fixture, unless services or a store
  /// keep state in its work directory.
  private Population population(Fixture fixture) throws TargetException {
    synchronized (populations) {
      boolean isShared =
          profile.services().isEmpty() && profile.populate() instanceof Populate.Command;
      Population known = isShared ? populations.get(fixture) : null;
      if (known == null) {
        known = populate(fixture);
        populations.put(fixture, known);
      }
      return known;
    }
  }

  private Population populate(Fixture fixture) throws TargetException {
    Population population =
        new Population(workspace.directory("tree"), workspace.directory("work"));
    switch (profile.populate()) {
      // Each mount has a store of its own, which is filled once its services run.
      case Populate.Grpc _ -> {}
      case Populate.Command(Optional<String> pack, Optional<String> refresh) -> {
        install(fixture, population.tree());
        if (pack.isPresent()) {
          CommandProcess.run(
              "populate command",
              placeholders(population).command(pack.get()),
              workspace,
              population.work(),
              POPULATE_LIMIT);
        }
      }
    }
    return population;
  }

  static void install(Fixture fixture, Path directory) throws TargetException {
    try {
      FixtureInstaller.install(fixture, directory.toString().getBytes(StandardCharsets.UTF_8));
    } catch (java.io.IOException e) {
      throw new TargetException(
          "cannot write fixture '" + fixture.name() + "': " + e.getMessage(), e);
    }
  }

  static Placeholders placeholders(Population population) {
    Placeholders known =
        Placeholders.none()
            .with(Word.TREE, population.tree().toString())
            .with(Word.WORK, population.work().toString())
            .with(Word.SOCKET, population.work().resolve("socket").toString());
    return Launchers.castore().map(launcher -> known.with(Word.CASTORE, launcher)).orElse(known);
  }

  TargetProfile profile() {
    return profile;
  }

  Workspace workspace() {
    return workspace;
  }

  /// A population that must not be shared any longer, because paths were added to it.
  void forget(Population population) {
    synchronized (populations) {
      populations.values().remove(population);
    }
  }

  void closed(ProfileMount mount) {
    synchronized (mounts) {
      mounts.remove(mount);
    }
  }

  @Override
  public void close() {
    Set<ProfileMount> open;
    synchronized (mounts) {
      open = Set.copyOf(mounts);
    }
    open.forEach(ProfileMount::close);
    workspace.close();
  }
}
