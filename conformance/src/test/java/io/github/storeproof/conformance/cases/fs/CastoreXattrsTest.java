package io.github.storeproof.conformance.cases.fs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.conformance.target.Feature;
import io.github.storeproof.conformance.target.Features;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Tree;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CastoreXattrsTest {
  @Test
  void theNamesAreThoseOfThePackageOfTheStore() {
    CastoreXattrs tvix = CastoreXattrs.of(Features.of(Map.of(Feature.STORE_PACKAGE, "tvix")));
    assertThat(tvix.names())
        .containsExactly("user.tvix.castore.blob.digest", "user.tvix.castore.directory.digest");
    assertThat(CastoreXattrs.of(Features.undeclared()).names())
        .containsExactly("user.snix.castore.blob.digest", "user.snix.castore.directory.digest");
  }

  @Test
  void linksHaveNone() {
    CastoreXattrs xattrs = CastoreXattrs.of(Features.undeclared());
    assertThat(xattrs.namesOf(Tree.link("x"))).isEmpty();
    assertThat(xattrs.namesOf(Tree.plain(Content.ofText("x")))).containsExactly(xattrs.blob());
    assertThat(xattrs.namesOf(Tree.dir().build())).containsExactly(xattrs.directory());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "user.x\0", "user.tvix.castore.blob.digest\0security.selinux\0"})
  void aListOfDifferentNamesHasTheRightForm(String list) {
    assertThat(CastoreXattrs.wrongForm(list.getBytes(ISO_8859_1))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"user.x", "user.x\0user.y", "\0", "user.x\0\0", "user.x\0user.x\0"})
  void anotherHasNot(String list) {
    assertThat(CastoreXattrs.wrongForm(list.getBytes(ISO_8859_1))).isPresent();
  }
}
