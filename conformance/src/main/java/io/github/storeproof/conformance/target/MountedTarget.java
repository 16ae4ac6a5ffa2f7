package io.github.storeproof.conformance.target;

import io.github.storeproof.fixtures.Fixture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Something that is mounted already, with a manifest of what is in it. The kit neither mounts nor
/// unmounts it. *Immutable.*
public final class MountedTarget implements Target {
  /// What it is called when no profile says anything of it.
  public static final String NAME = "mounted";

  private final byte[] root;
  private final Fixture fixture;
  private final Claims claims;

  /// What a profile says of something that is mounted already: all but how to mount it.
  ///
  /// @param name a short name for reports
  /// @param features what it claims
  /// @param knownFailures `RULE[/case-glob]` to the reason
  public record Claims(String name, Features features, Map<String, String> knownFailures) {
    /// Without a profile.
    public static final Claims NONE = new Claims(NAME, Features.undeclared(), Map.of());

    /// Those of a profile.
    public static Claims of(TargetProfile profile) {
      return new Claims(profile.name(), profile.features(), profile.knownFailures());
    }
  }

  /// A target at a mount point.
  ///
  /// @param root the directory in which the store paths appear; it must be a mount point
  /// @param fixture what is in it
  public MountedTarget(Path root, Fixture fixture, Claims claims) throws TargetException {
    this.root = root.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
    this.fixture = fixture;
    this.claims = claims;
    if (MountTable.read().at(this.root).isEmpty()) {
      throw new TargetException(
          root + " is no mount point: nothing is mounted there, so there is nothing to judge");
    }
  }

  @Override
  public String name() {
    return claims.name();
  }

  @Override
  public String kind() {
    return TargetProfile.Kind.MOUNT.word();
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
  public Fixture standardFixture(long seed) {
    return fixture;
  }

  @Override
  public Optional<Path> files() {
    return Optional.empty();
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
  public LiveMount start(Fixture wanted, Duration deadline) throws TargetException {
    if (wanted != fixture) {
      throw new TargetException("the target is already mounted and shows its own manifest only");
    }
    Preflight.require(fixture, root, Optional::empty, Duration.ZERO);
    return new Mounted();
  }

  @Override
  public void close() {
    // The mount is its owner's.
  }

  /// The mount as it was found.
  private final class Mounted implements LiveMount {
    @Override
    public byte[] root() {
      return root.clone();
    }

    @Override
    public Fixture fixture() {
      return fixture;
    }

    @Override
    public OptionalLong serverPid() {
      return OptionalLong.empty();
    }

    @Override
    public String diagnosis() {
      return healthy() ? "it is still mounted" : "it is no longer mounted";
    }

    @Override
    public boolean healthy() {
      return MountTable.read().at(root).isPresent();
    }

    @Override
    public boolean refreshable() {
      return false;
    }

    @Override
    public void refresh(Fixture additional) throws TargetException {
      throw new TargetException("the target is already mounted: the kit cannot add to it");
    }

    @Override
    public void abort() {
      // The mount is its owner's: a prober that hangs in it is killed and given up.
    }

    @Override
    public void close() {
      // The mount is its owner's.
    }
  }
}
