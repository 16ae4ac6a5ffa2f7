package io.github.storeproof.conformance.target;

import io.github.storeproof.conformance.store.ServicePackage;
import io.github.storeproof.conformance.store.StoreAddress;
import io.github.storeproof.conformance.store.StoreConnection;
import io.github.storeproof.conformance.store.StoreProbe;
import io.github.storeproof.conformance.store.StoreRefusal;
import io.github.storeproof.conformance.target.Placeholders.Word;
import io.github.storeproof.conformance.target.TargetProfile.Populate;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// The store services of a profile, or of an address. *Thread-safe.*
final class ProfileStore implements LiveStore {
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(10);

  private final TargetProfile profile;
  private final Path work;
  private final Placeholders words;
  private final StoreAddress address;
  private final ServiceProcesses services;
  private ServicePackage names = ServicePackage.SNIX;

  private ProfileStore(TargetProfile profile, Workspace workspace) throws TargetException {
    this.profile = profile;
    this.work = workspace.directory("work");
    this.words = words(work);
    this.services = new ServiceProcesses(workspace);
    if (!(profile.populate() instanceof Populate.Grpc(Optional<String> text)) || text.isEmpty()) {
      throw new TargetException("profile " + profile.name() + " has no address in [populate]");
    }
    this.address = StoreOf.address(text.get(), words);
  }

  private static Placeholders words(Path work) {
    Placeholders known =
        Placeholders.none()
            .with(Word.WORK, work.toString())
            .with(Word.SOCKET, work.resolve("socket").toString());
    return Launchers.castore().map(launcher -> known.with(Word.CASTORE, launcher)).orElse(known);
  }

  /// Starts the services, and waits until they answer.
  static ProfileStore open(TargetProfile profile, Workspace workspace, Duration deadline)
      throws TargetException {
    ProfileStore store = new ProfileStore(profile, workspace);
    try {
      store.start(deadline);
      store.names = store.packageOf();
    } catch (TargetException e) {
      store.close();
      throw e;
    }
    return store;
  }

  private synchronized void start(Duration deadline) throws TargetException {
    services.start(profile.services(), words, work, deadline);
    if (!address.accepts()) {
      throw new TargetException("nothing listens on " + address + ", want store services");
    }
  }

  /// The package that is declared, or else the one that answers.
  private ServicePackage packageOf() throws TargetException {
    Optional<ServicePackage> declared =
        StoreOf.constant(ServicePackage.class, profile.features(), Feature.STORE_PACKAGE);
    try (StoreConnection connection = connect()) {
      Optional<ServicePackage> answering = StoreProbe.packageOf(connection, PROBE_LIMIT);
      return declared
          .or(() -> answering)
          .orElseThrow(() ->
              new TargetException(
                  address
                      + " answers, but has neither snix.castore.v1.BlobService nor"
                      + " tvix.castore.v1.BlobService, nor their siblings"));
    } catch (StoreRefusal e) {
      throw new TargetException(address + ": " + e.getMessage() + services.diagnosis(), e);
    }
  }

  @Override
  public StoreConnection connect() {
    return StoreConnection.to(address);
  }

  @Override
  public ServicePackage names() {
    return names;
  }

  @Override
  public synchronized OptionalLong serverPid() {
    return services.lastPid();
  }

  @Override
  public Optional<Path> files() {
    return canRestart() ? Optional.of(work) : Optional.empty();
  }

  @Override
  public synchronized boolean healthy() {
    return services.areAlive() && address.accepts();
  }

  @Override
  public synchronized String diagnosis() {
    String own = services.diagnosis();
    String listens = address.accepts() ? "something listens on " : "nothing listens on ";
    return listens + address + (own.isEmpty() ? "" : "; " + own);
  }

  @Override
  public boolean canRestart() {
    return !profile.services().isEmpty();
  }

  @Override
  public synchronized void restart(Runnable between, Duration deadline) throws TargetException {
    services.kill();
    removeSocket();
    between.run();
    start(deadline);
  }

  /// The file of a killed server's socket, which not every server replaces.
  private void removeSocket() throws TargetException {
    if (address.socket() instanceof UnixDomainSocketAddress unix) {
      try {
        Files.deleteIfExists(unix.getPath());
      } catch (IOException e) {
        throw new TargetException("cannot remove " + unix + ": " + e.getMessage(), e);
      }
    }
  }

  @Override
  public synchronized void close() {
    services.end();
  }
}
