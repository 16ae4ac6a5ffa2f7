package io.github.storeproof.ci.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.HostConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.utility.DockerImageName;

/// Builds the image with `ci/containers/build-image`, once for each content, and runs the kit in it, with `/dev/fuse` and without
/// a network.
class ContainerImageIT {
  private static final String IMAGE = "storeproof:test";
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @BeforeAll
  static void build() throws IOException, InterruptedException {
    String address = DockerDaemon.address();
    System.setProperty(TestDaemon.ADDRESS, address);
    ProcessBuilder script =
        new ProcessBuilder(Path.of("containers", "build-image").toAbsolutePath().toString(), IMAGE)
            .redirectErrorStream(true);
    script.environment().put("DOCKER_HOST", address);
    Process process = script.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  /// Runs the image's program with arguments until it ends with 0.
  private static String run(String... arguments) {
    try (GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(IMAGE))) {
      container
          .withCommand(arguments)
          .withNetworkMode("none")
          .withCreateContainerCmdModifier(command -> {
            HostConfig host = Objects.requireNonNull(command.getHostConfig());
            host.withDevices(Device.parse("/dev/fuse")).withCapAdd(Capability.SYS_ADMIN);
          })
          .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(LIMIT))
          .start();
      return container.getLogs();
    }
  }

  @Test
  void tellsItsVersion() {
    assertThat(run("--version")).startsWith("storeproof ");
  }

  @Test
  void findsAllThatTheReferenceNeeds() {
    assertThat(run("doctor"))
        .containsPattern("ok +/dev/fuse")
        .containsPattern("ok +python3")
        .contains("storeproof check can run here");
  }

  @Test
  void judgesTheReference() {
    assertThat(run("check", "--rules", "ATTR-*")).contains("reference conforms");
  }
}
