package io.github.storeproof.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.conformance.target.Feature;
import io.github.storeproof.conformance.target.Target;
import io.github.storeproof.conformance.target.Targets;
import org.junit.jupiter.api.Test;

/// The profile that stands as an example for mounts of others. It cannot be run here.
class ExampleProfileTest {
  @Test
  void everyWordOfItIsKnownAndItsStoreHasFaults() throws Exception {
    try (Target target = Targets.of("example/snix-store.toml", false)) {
      assertThat(target.name()).isEqualTo("snix-store");
      assertThat(target.hasFaults()).isTrue();
      assertThat(target.features().claims(Feature.CASTORE_XATTRS)).isTrue();
      assertThat(target.features().value(Feature.STORE_PACKAGE)).hasValue("snix");
    }
  }
}
