package io.github.storeproof.conformance.runner;

import io.github.storeproof.conformance.target.Feature;
import io.github.storeproof.conformance.target.Features;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.conformance.target.Target;
import io.github.storeproof.conformance.target.TargetException;
import io.github.storeproof.fixtures.Fixture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// A target that is a plain directory and mounts nothing.
final class ToyTarget implements Target {
  private final Map<String, String> knownFailures;
  private final int lives;
  private final List<ToyMount> mounts = new ArrayList<>();
  private boolean closed;

  /// @param lives how often it can be mounted
  ToyTarget(Map<String, String> knownFailures, int lives) {
    this.knownFailures = knownFailures;
    this.lives = lives;
  }

  List<ToyMount> mounts() {
    return mounts;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public String name() {
    return "toy";
  }

  @Override
  public String kind() {
    return "mount";
  }

  @Override
  public Features features() {
    return Features.of(Map.of(Feature.LIST_ROOT, "false"));
  }

  @Override
  public Map<String, String> knownFailures() {
    return knownFailures;
  }

  @Override
  public Fixture standardFixture(long seed) {
    return new Fixture(new TreeMap<>(), "empty");
  }

  @Override
  public LiveMount start(Fixture fixture, Duration deadline) throws TargetException {
    if (mounts.size() == lives) {
      throw new TargetException("the toy is broken for good");
    }
    ToyMount mount = new ToyMount(fixture);
    mounts.add(mount);
    return mount;
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
  public void close() {
    closed = true;
  }

  /// A mount that is none.
  static final class ToyMount implements LiveMount {
    private final Fixture fixture;
    private boolean alive = true;
    private boolean aborted;

    private ToyMount(Fixture fixture) {
      this.fixture = fixture;
    }

    void die() {
      alive = false;
    }

    boolean isAborted() {
      return aborted;
    }

    @Override
    public byte[] root() {
      return System.getProperty("java.io.tmpdir").getBytes(StandardCharsets.UTF_8);
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
      return alive ? "the toy lives" : "the toy died with exit 134";
    }

    @Override
    public boolean healthy() {
      return alive;
    }

    @Override
    public boolean refreshable() {
      return false;
    }

    @Override
    public void refresh(Fixture additional) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void abort() {
      aborted = true;
    }

    @Override
    public void close() {
      alive = false;
    }
  }
}
