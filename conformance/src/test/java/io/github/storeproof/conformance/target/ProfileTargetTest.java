package io.github.storeproof.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTargetTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Fixture ONE = Fixture.of("one", "one", Tree.plain(Content.ofText("one")));

  @TempDir private Path directory;

  @Test
  void aServiceThatEndsAtAStaleSocketHasRefusedIt() throws Exception {
    try (Target target =
        target("[ ! -S {socket} ] || { echo address in use >&2; exit 7; }; exec sleep 1000")) {
      MountAttempt attempt = target.attempt(ONE, Obstacle.STALE_SOCKET, LIMIT);
      assertThat(attempt.exit()).hasValue(7);
      assertThat(attempt.output()).contains("address in use");
      assertThat(attempt.mounted()).isFalse();
    }
  }

  @Test
  void aServiceThatDoesNotKnowTheObstacleRefusesNothing() throws Exception {
    try (Target target = target("echo no memory left >&2; exit 7")) {
      assertThatThrownBy(() -> target.attempt(ONE, Obstacle.NO_MOUNT_POINT, LIMIT))
          .isInstanceOf(TargetException.class)
          .hasMessageContaining("service daemon ended with exit 7")
          .hasMessageContaining("no memory left");
    }
  }

  private Target target(String service) throws Exception {
    Path profile = directory.resolve("profile.toml");
    Files.writeString(
        profile,
        """
        name = "x"
        kind = "mount"
        [populate]
        method = "none"
        [services.daemon]
        command = "%s"
        ready = "socket:{socket}"
        [mount]
        command = "exec sleep 1000"
        foreground = true
        """
            .formatted(service));
    return Targets.of(profile.toString(), false);
  }
}
