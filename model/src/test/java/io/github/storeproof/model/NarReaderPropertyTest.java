package io.github.storeproof.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Whatever bytes come, they are refused, or they are the one archive of what was read.
final class NarReaderPropertyTest {
  /// What the writer makes of what was read; empty when it was refused.
  private static Optional<byte[]> copied(byte[] archive) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      NarReader.read(new ByteArrayInputStream(archive), new NarWriter(out));
      return Optional.of(out.toByteArray());
    } catch (InvalidDataException refused) {
      assertThat(refused).hasMessageStartingWith("NAR at byte ");
      return Optional.empty();
    }
  }

  @Property(tries = 200)
  void anyTreeComesBack(@ForAll long seed) throws IOException {
    byte[] archive = SampleTree.random(new Random(seed), 3).nar();
    assertThat(copied(archive)).hasValue(archive);
  }

  @Property(tries = 2000)
  void whatIsAcceptedHasNoOtherForm(@ForAll long seed) throws IOException {
    byte[] archive = NarMutation.of(new Random(seed));
    copied(archive).ifPresent(copy -> assertThat(copy).isEqualTo(archive));
  }

  @Property(tries = 500)
  void anyBytesAreReadToAnEnd(@ForAll byte[] bytes) throws IOException {
    assertThat(copied(bytes)).isEmpty();
  }
}
