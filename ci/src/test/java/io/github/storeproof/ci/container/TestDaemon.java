package io.github.storeproof.ci.container;

import java.net.URI;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/// Tells testcontainers of the [DockerDaemon] that these tests use; testcontainers finds it as a service.
public final class TestDaemon extends DockerClientProviderStrategy {
  /// The system property that has the address of the daemon.
  static final String ADDRESS = "storeproof.docker";

  @Override
  public TransportConfig getTransportConfig() {
    return TransportConfig.builder().dockerHost(URI.create(System.getProperty(ADDRESS))).build();
  }

  @Override
  public String getDescription() {
    return "the docker daemon of the tests";
  }

  @Override
  protected boolean isApplicable() {
    return System.getProperty(ADDRESS) != null;
  }

  @Override
  protected int getPriority() {
    return Integer.MAX_VALUE;
  }
}
