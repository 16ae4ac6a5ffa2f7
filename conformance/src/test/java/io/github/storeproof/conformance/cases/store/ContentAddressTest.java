package io.github.storeproof.conformance.cases.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.proto.store.v1.PathInfoProto.NARInfo.CA;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The file is empty, and its name is `name`. The paths are what `nix-store --print-fixed-path` of Nix 2.8 prints, and
/// `builtins.toFile` for the text.
class ContentAddressTest {

  @ParameterizedTest
  @CsvSource({
    "NAR_SHA256, cg3ir6dahyl3253srg1sgys0imlzaqpc",
    "NAR_SHA1, j100k3s0iyd3ri2xk6hx259g5bhr7jgz",
    "NAR_SHA512, 110z5c61b7099l0fls7r3pkvady224kr",
    "NAR_MD5, wrf4a31zljg27xh7ip6cldavz4rq1zx6",
    "TEXT_SHA256, r3d3gfckax5125pwp73716swrc8hjjdv",
    "FLAT_SHA1, bj68vwqhsyis0rpqriwsxjl1bwhcim31",
    "FLAT_MD5, 7v9lfcrm245bj5i5c5p58nrvlxv6k20p",
    "FLAT_SHA256, lmfzz7d1al4yjrvgzgb081x9kgzq6mk0",
    "FLAT_SHA512, 8zvix7bjl8w56kg0449yfxvkmz2ppfm6"
  })
  void leadsToThePathThatNixMakesOfIt(CA.Hash type, String hash) {
    Tree.File empty = Tree.plain(Content.ofBytes(new byte[0]));
    assertThat(ContentAddress.of(type, empty, "name").path().basename()).isEqualTo(hash + "-name");
  }
}
