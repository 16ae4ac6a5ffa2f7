package io.github.storeproof.conformance.target;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Reads this table:
///
/// ```
/// /            ext4
/// /m           fuse.castore
/// /m/a b       tmpfs
/// /m           fuseblk      (over the first)
/// ```
class MountTableTest {
  private static final MountTable TABLE =
      MountTable.parse(
          """
          22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
          40 22 0:51 / /m ro,nosuid - fuse.castore castore ro,user_id=0
          41 40 0:52 / /m/a\\040b\\134 rw shared:3 master:2 - tmpfs none rw
          42 22 0:53 / /m ro - fuseblk /dev/x ro
          """);

  @Test
  void theLastMountAtAPlaceIsTheOneThatIsSeen() {
    assertThat(TABLE.at("/m".getBytes(ISO_8859_1)))
        .contains(new MountTable.Entry(42, 53, "/m", "fuseblk", "/dev/x"));
    assertThat(TABLE.at("/m/a".getBytes(ISO_8859_1))).isEmpty();
  }

  @Test
  void escapedBytesArePlain() {
    assertThat(TABLE.at("/m/a b\\".getBytes(ISO_8859_1))).map(MountTable.Entry::id).contains(41);
  }

  @Test
  void onlyFuseIsFuse() {
    assertThat(TABLE.entries())
        .extracting(MountTable.Entry::isFuse)
        .containsExactly(false, true, false, true);
  }

  @Test
  void mountsBelowADirectoryAreListedInnermostFirst() {
    assertThat(TABLE.below("".getBytes(ISO_8859_1)))
        .extracting(MountTable.Entry::id)
        .containsExactly(42, 41, 40, 22);
    assertThat(TABLE.below("/m".getBytes(ISO_8859_1)))
        .extracting(MountTable.Entry::id)
        .containsExactly(41);
  }

  @Test
  void theTableOfThisProcessCanBeRead() {
    assertThat(MountTable.read().at("/".getBytes(ISO_8859_1))).isPresent();
  }
}
