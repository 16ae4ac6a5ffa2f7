package io.github.storeproof.conformance.target;

import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.fixtures.RawBytes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// Store services as a target: those of a profile, or of a caller's own making. *Thread-safe.*
public final class StoreTarget implements Target {
  /// What it is called when no profile says anything of it.
  public static final String NAME = "grpc";

  private final Claims claims;
  private final Opener opener;
  private final Optional<Workspace> workspace;
  private final Optional<ArchiveReader> reader;

  /// What is said of store services.
  ///
  /// @param name a short name for reports
  /// @param features what they claim
  /// @param knownFailures `RULE[/case-glob]` to the reason
  public record Claims(String name, Features features, Map<String, String> knownFailures) {}

  /// Serves stores.
  @FunctionalInterface
  public interface Opener {
    /// Services that have nothing of the kit's yet.
    LiveStore open(Duration deadline) throws TargetException;
  }

  private StoreTarget(
      Claims claims, Opener opener, Optional<Workspace> workspace, Optional<ArchiveReader> reader) {
    this.claims = claims;
    this.opener = opener;
    this.workspace = workspace;
    this.reader = reader;
  }

  /// Services that the caller makes.
  public StoreTarget(Claims claims, Opener opener) {
    this(claims, opener, Optional.empty(), Optional.empty());
  }

  /// The services of a profile; its workspace is closed with the target.
  static StoreTarget of(TargetProfile profile, Workspace workspace) {
    return new StoreTarget(
        new Claims(profile.name(), profile.features(), profile.knownFailures()),
        deadline -> ProfileStore.open(profile, workspace, deadline),
        Optional.of(workspace),
        profile.narCommand().map(command -> new ArchiveReader(command, workspace)));
  }

  @Override
  public String name() {
    return claims.name();
  }

  @Override
  public String kind() {
    return TargetProfile.Kind.GRPC.word();
  }

  @Override
  public Features features() {
    return claims.features();
  }

  @Override
  public Map<String, String> knownFailures() {
    return claims.knownFailures();
  }

  @Override
  public boolean readsArchives() {
    return reader.isPresent();
  }

  @Override
  public ArchiveCopies copyArchives(SortedMap<String, RawBytes> archives, Duration limit)
      throws TargetException {
    if (reader.isEmpty()) {
      return Target.super.copyArchives(archives, limit);
    }
    return reader.get().read(archives, limit);
  }

  @Override
  public Fixture standardFixture(long seed) {
    return FixtureCatalog.standard(seed);
  }

  @Override
  public LiveMount start(Fixture fixture, Duration deadline) throws TargetException {
    throw new TargetException("target " + name() + " is a store service and no mount");
  }

  @Override
  public LiveStore serve(Duration deadline) throws TargetException {
    return opener.open(deadline);
  }

  @Override
  public Optional<Path> files() {
    return workspace.map(Workspace::root);
  }

  @Override
  public boolean takesAnyFixture() {
    return false;
  }

  @Override
  public boolean canRefresh() {
    return false;
  }

  @Override
  public void close() {
    workspace.ifPresent(Workspace::close);
  }
}
