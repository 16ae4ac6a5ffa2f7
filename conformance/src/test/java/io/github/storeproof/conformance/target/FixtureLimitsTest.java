package io.github.storeproof.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.DirBuilder;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureBuilder;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.fixtures.Tree;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Trees of `short`, a name of 255 bytes, `lost+found` and a name that is the byte 0xE9.
class FixtureLimitsTest {
  private static final String LONGEST = "n".repeat(255);
  private static final byte[] LATIN = {(byte) 0xE9};

  private static Tree.Dir names(boolean every, boolean latin) {
    DirBuilder names = Tree.dir().plain("short", Content.EMPTY);
    if (every) {
      names.plain(LONGEST, Content.EMPTY).add("lost+found", Tree.dir().build());
    }
    if (latin) {
      names.add(LATIN, Tree.link("x"));
    }
    return names.build();
  }

  private static Tree.Dir nested(boolean every, boolean latin) {
    return Tree.dir().add("below", names(every, latin)).build();
  }

  @Test
  void aTargetWithoutLimitsHoldsTheVeryFixture() {
    Fixture fixture = Fixture.of("f", "f", nested(true, true));
    assertThat(FixtureLimits.of(Features.undeclared()).fit(fixture)).isSameAs(fixture);
  }

  @Test
  void namesThatCannotBePackedAreLeftOutAtEveryDepth() {
    FixtureLimits limits = FixtureLimits.of(Features.of(Map.of(Feature.EVERY_NAME, "false")));
    assertThat(limits.fit(nested(true, true))).isEqualTo(nested(false, true));
  }

  @Test
  void namesThatAreNotUtf8AreLeftOutAndTheStorePathIsStillTrue() {
    FixtureLimits limits = FixtureLimits.of(Features.of(Map.of(Feature.ANY_BYTE_NAMES, "false")));
    assertThat(limits.fit(Fixture.of("f", "f", nested(true, true))))
        .isEqualTo(Fixture.of("f", "f", nested(true, false)));
  }

  @Test
  void linksThatAreTooLongAreLeftOutAlsoAsStorePaths() {
    FixtureLimits limits = FixtureLimits.of(Features.of(Map.of(Feature.LONG_LINKS, "false")));
    Tree fitting = Tree.link("t".repeat(1023));
    Tree tooLong = Tree.link("t".repeat(1024));
    assertThat(limits.fit(Tree.dir().add("fits", fitting).add("long", tooLong).build()))
        .isEqualTo(Tree.dir().add("fits", fitting).build());
    FixtureBuilder fixture = Fixture.named("f");
    fixture.add("fits", fitting);
    Fixture wanted = fixture.build();
    fixture.add("long", tooLong);
    assertThat(limits.fit(fixture.build())).isEqualTo(wanted);
  }

  @Test
  void theStandardFixtureLosesOnlySuchNames() {
    Fixture standard = FixtureCatalog.standard(1);
    Fixture fitting = new FixtureLimits(false, false, false).fit(standard);
    assertThat(fitting.roots()).hasSameSizeAs(standard.roots());
    assertThat(fitting.walk().size())
        .isBetween(standard.walk().size() * 3 / 4, standard.walk().size() - 1);
  }
}
