package io.github.storeproof.conformance.target;

import io.github.storeproof.conformance.store.Faults;
import io.github.storeproof.conformance.store.StoreBehind;
import io.github.storeproof.conformance.target.Placeholders.Word;
import io.github.storeproof.conformance.target.ProfileTarget.Population;
import io.github.storeproof.conformance.target.TargetProfile.MountCommand;
import io.github.storeproof.conformance.target.TargetProfile.Populate;
import io.github.storeproof.fixtures.Fixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A mount that the kit made by the commands of a profile. *Thread-safe.*
final class ProfileMount implements LiveMount {
  private static final Duration UNMOUNT_LIMIT = Duration.ofSeconds(5);

  private final ProfileTarget target;
  private final Fixture fixture;
  private final Population population;
  private final MountCommand command;
  private final ServiceProcesses services;
  private @Nullable Path point;
  private @Nullable String root;
  private @Nullable CommandProcess server;
  private @Nullable StoreBehind store;
  // The store belongs to another mount.
  private boolean isBeside;
  private MountTable.@Nullable Entry mounted;
  private boolean closed;

  ProfileMount(ProfileTarget target, Fixture fixture, Population population, MountCommand command) {
    this.target = target;
    this.fixture = fixture;
    this.population = population;
    this.command = command;
    this.services = new ServiceProcesses(target.workspace());
  }

  /// Mounts and waits until the fixture is there.
  synchronized void open(Duration deadline) throws TargetException {
    startServices(deadline);
    openBeside(deadline);
  }

  /// The same where the services run already.
  private synchronized void openBeside(Duration deadline) throws TargetException {
    long end = System.nanoTime() + deadline.toNanos();
    Path mountPoint = target.workspace().directory("mount");
    CommandProcess process = startOn(mountPoint);
    if (!command.foreground()) {
      process.requireSuccess("mount command", deadline);
    }
    mounted = awaitMount(mountPoint, process, deadline, end);
    Preflight.require(
        fixture, root(), () -> failure(process), Duration.ofNanos(end - System.nanoTime()));
  }

  private void startServices(Duration deadline) throws TargetException {
    Placeholders words = ProfileTarget.placeholders(population);
    services.start(target.profile().services(), words, population.work(), deadline);
    Optional<StoreBehind> own = StoreOf.mount(target.profile(), population.work(), words);
    if (own.isPresent()) {
      store = own.get();
      StoreOf.fill(own.get(), fixture);
    }
  }

  private CommandProcess startOn(Path mountPoint) throws TargetException {
    point = mountPoint;
    Placeholders words =
        ProfileTarget.placeholders(population).with(Word.MOUNT, mountPoint.toString());
    root = words.path(command.root());
    if (store != null) {
      words = StoreOf.words(store, command.command(), words);
    }
    CommandProcess process =
        CommandProcess.start(
            words.command(command.command()), target.workspace(), population.work());
    server = process;
    return process;
  }

  /// Runs the commands with that mount point until the mount command ends or something is mounted. A service that meets a
  /// stale socket may refuse it in the place of the mount command.
  synchronized MountAttempt attempt(Obstacle obstacle, Path mountPoint, Duration limit)
      throws TargetException {
    try {
      startServices(limit);
    } catch (TargetException e) {
      Optional<MountAttempt> refusal =
          obstacle == Obstacle.STALE_SOCKET ? services.refusal() : Optional.empty();
      return refusal.orElseThrow(() -> e);
    }
    CommandProcess process = startOn(mountPoint);
    long end = System.nanoTime() + limit.toNanos();
    while (process.alive() && !isMounted() && System.nanoTime() < end) {
      pause();
    }
    String output = process.alive() ? "" : process.shownTail();
    return new MountAttempt(process.exit(), output, isMounted());
  }

  @Override
  public LiveMount again(Duration deadline) throws TargetException {
    ProfileMount second = new ProfileMount(target, fixture, population, command);
    second.store = store;
    second.isBeside = true;
    target.opened(second);
    try {
      second.openBeside(deadline);
    } catch (TargetException | RuntimeException e) {
      second.close();
      throw e;
    }
    return second;
  }

  private MountTable.Entry awaitMount(
      Path mountPoint, CommandProcess process, Duration deadline, long end) throws TargetException {
    while (true) {
      Optional<MountTable.Entry> entry = MountTable.read().at(bytes(mountPoint));
      if (entry.isPresent()) {
        return entry.get();
      }
      Optional<String> failure = failure(process);
      if (failure.isPresent()) {
        throw new TargetException(failure.get());
      }
      if (System.nanoTime() > end) {
        throw new TargetException(
            "nothing is mounted on "
                + mountPoint
                + " after "
                + CommandProcess.seconds(deadline)
                + ": "
                + command.command()
                + process.shownTail());
      }
      pause();
    }
  }

  /// Why the mount will not come, when that is certain.
  private Optional<String> failure(CommandProcess process) {
    OptionalInt exit = process.exit();
    if (exit.isEmpty() || (!command.foreground() && exit.getAsInt() == 0)) {
      return Optional.empty();
    }
    boolean stays = command.foreground() && exit.getAsInt() == 0;
    return Optional.of(
        "the mount command ended with "
            + CommandProcess.ended(exit.getAsInt())
            + (stays ? " although the profile says that it stays (foreground = true): " : ": ")
            + command.command()
            + process.shownTail());
  }

  static void pause() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] bytes(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8);
  }

  private Path requirePoint() {
    if (point == null) {
      throw new IllegalStateException("the mount has not been opened");
    }
    return point;
  }

  @Override
  public byte[] mountPoint() {
    return bytes(requirePoint());
  }

  @Override
  public byte[] root() {
    if (root == null) {
      throw new IllegalStateException("the mount has not been opened");
    }
    return root.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Fixture fixture() {
    return fixture;
  }

  @Override
  public synchronized OptionalLong serverPid() {
    return server != null && server.alive()
        ? OptionalLong.of(server.serverPid())
        : OptionalLong.empty();
  }

  @Override
  public synchronized boolean healthy() {
    return !closed && isMounted() && (server == null || !command.foreground() || server.alive());
  }

  private boolean isMounted() {
    return point != null && MountTable.read().at(bytes(point)).isPresent();
  }

  @Override
  public synchronized String diagnosis() {
    StringBuilder text = new StringBuilder();
    text.append(isMounted() ? "it is still mounted" : "it is no longer mounted");
    if (server != null && command.foreground()) {
      OptionalInt exit = server.exit();
      text.append(
          exit.isEmpty()
              ? "; the target's process " + server.serverPid() + " is alive"
              : "; the target's process ended with " + CommandProcess.ended(exit.getAsInt()));
    }
    String tail = server == null ? "" : server.shownTail();
    return text.append(tail.isEmpty() ? "; it wrote nothing on stderr" : "; its last lines:" + tail)
        .toString();
  }

  @Override
  public Optional<Faults> faults() {
    return target.hasFaults()
        ? Optional.ofNullable(store).map(StoreBehind::faults)
        : Optional.empty();
  }

  @Override
  public boolean refreshable() {
    return target.canRefresh();
  }

  @Override
  public synchronized void refresh(Fixture additional) throws TargetException {
    if (store != null) {
      StoreOf.fill(store, additional);
      return;
    }
    if (!(target.profile().populate() instanceof Populate.Command(_, var refresh))
        || refresh.isEmpty()) {
      throw new TargetException("the profile has no 'refresh' in [populate]");
    }
    target.forget(population);
    ProfileTarget.install(additional, population.tree());
    Placeholders words =
        ProfileTarget.placeholders(population).with(Word.MOUNT, requirePoint().toString());
    if (serverPid().isPresent()) {
      words = words.with(Word.PID, String.valueOf(serverPid().getAsLong()));
    }
    CommandProcess.run(
        "refresh command",
        words.command(refresh.get()),
        target.workspace(),
        population.work(),
        Duration.ofSeconds(30));
  }

  @Override
  public synchronized Optional<MountServer> server() {
    return Optional.ofNullable(server)
        .filter(process -> command.foreground() && process.alive())
        .map(MountServer::new);
  }

  @Override
  public synchronized boolean mounted() {
    return isMounted();
  }

  @Override
  public synchronized OuterCommand unmount(Duration limit) throws TargetException {
    Placeholders words =
        ProfileTarget.placeholders(population).with(Word.MOUNT, requirePoint().toString());
    return OuterCommand.run(limit, "sh", "-c", words.command(command.unmount()));
  }

  private boolean isUnmounted(Duration limit) {
    try {
      unmount(limit);
    } catch (TargetException e) {
      return false;
    }
    return !isMounted();
  }

  @Override
  public synchronized void abort() {
    MountTable.Entry entry = mounted;
    if (entry != null && entry.isFuse() && isMounted()) {
      FuseConnection.abort(entry.minor());
    }
    if (server != null) {
      server.killGroup();
    }
    if (point != null) {
      FuseConnection.unmountLazily(point);
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (isMounted() && !isUnmounted(UNMOUNT_LIMIT)) {
      abort();
    }
    if (server != null) {
      server.end(isMounted() ? Duration.ZERO : UNMOUNT_LIMIT);
    }
    if (store != null && !isBeside) {
      store.close();
    }
    services.end();
    if (point != null && !isMounted()) {
      removeMountPoint(point);
    }
    target.closed(this);
  }

  private static void removeMountPoint(Path mountPoint) {
    try {
      Files.deleteIfExists(mountPoint);
    } catch (IOException e) {
      // The sweeper removes what is left.
      System.getLogger(ProfileMount.class.getName())
          .log(System.Logger.Level.DEBUG, mountPoint + " stays", e);
    }
  }
}
