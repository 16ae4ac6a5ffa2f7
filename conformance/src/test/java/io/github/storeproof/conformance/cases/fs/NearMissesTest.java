package io.github.storeproof.conformance.cases.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NearMissesTest {
  @Test
  void whatIsBesideANodeIsNothingThatTheFixtureHas() {
    Fixture fixture = FixtureCatalog.standard(1);
    for (FixtureEntry node : fixture.walk()) {
      assertThat(fixture.find(NearMisses.beside(fixture, node))).as(node.toString()).isEmpty();
    }
  }

  @Test
  void aNameThatEndsInATildeIsPassedOver() {
    Tree.Dir tree =
        Tree.dir().plain("a", Content.ofText("x")).plain("a~", Content.ofText("x")).build();
    Fixture fixture = Fixture.of("tildes", "tree", tree);
    FixtureEntry first = fixture.walk().get(1);
    String beside = new String(NearMisses.beside(fixture, first), StandardCharsets.ISO_8859_1);
    assertThat(beside).endsWith("/a~~");
  }
}
