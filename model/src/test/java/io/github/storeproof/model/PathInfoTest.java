package io.github.storeproof.model;

import static io.github.storeproof.model.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathInfoTest {
  private static final StorePath A = StorePath.parse("0".repeat(32) + "-a");
  private static final StorePath B = StorePath.parse("1".repeat(32) + "-b");
  private static final Node NODE = new SymlinkNode(SymlinkTarget.of("x"));
  private static final byte[] NAR =
      HexFormat.of().parseHex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  private static final NarInfo NAR_INFO = NarInfo.of(120, Sha256Digest.of(NAR));

  private static PathInfo withReferences(StorePath... references) {
    return new PathInfo(A, NODE, List.of(references), NAR_INFO);
  }

  private static NarInfo withAddress(ContentAddress address) {
    return new NarInfo(
        120, Sha256Digest.of(NAR), List.of(), Optional.empty(), Optional.of(address));
  }

  @Test
  void hasTheFingerprintThatIsSigned() {
    String beginning =
        "1;/nix/store/" + A + ";sha256:0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73;120;";
    assertThat(withReferences().fingerprint()).isEqualTo(beginning);
    assertThat(withReferences(A, B).fingerprint())
        .isEqualTo(beginning + "/nix/store/" + A + ",/nix/store/" + B);
  }

  @Test
  void refusesReferencesOutOfOrder() {
    assertRefused(
        Violation.REFERENCE_ORDER,
        "reference " + A + " comes after " + B + ", want ascending order",
        () -> withReferences(B, A));
  }

  @Test
  void refusesAReferenceTwice() {
    assertRefused(
        Violation.REFERENCE_DUPLICATE,
        "reference " + B + " is there twice, want each reference once",
        () -> withReferences(A, B, B));
  }

  @Test
  void refusesANarOfNegativeSize() {
    assertRefused(
        Violation.SIZE_RANGE,
        "size is 18446744073709551615, want at most 9223372036854775807",
        () -> NarInfo.of(-1, Sha256Digest.of(NAR)));
  }

  @Test
  void refusesANarDigestOfAnotherLength() {
    assertRefused(
        Violation.DIGEST_LENGTH,
        "NAR digest has 31 bytes, want 32",
        () -> Sha256Digest.of(new byte[31]));
  }

  @Test
  void takesTheContentAddressThatThePathWasMadeFrom() {
    StorePath path = StorePath.ofNar(NAR, "a");
    ContentAddress address = ContentAddress.of(CaHash.NAR_SHA256, NAR);
    assertThat(new PathInfo(path, NODE, List.of(), withAddress(address)).path()).isEqualTo(path);
    assertThat(address)
        .hasToString("fixed:r:sha256:0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73");
  }

  @Test
  void refusesAContentAddressOfAnotherNar() {
    ContentAddress address = ContentAddress.of(CaHash.NAR_SHA256, new byte[32]);
    assertRefused(
        Violation.CONTENT_ADDRESS_MISMATCH,
        "content address is fixed:r:sha256:"
            + "0".repeat(52)
            + ", want the NAR's sha256:0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73",
        () -> new PathInfo(StorePath.ofNar(NAR, "a"), NODE, List.of(), withAddress(address)));
  }

  @Test
  void refusesAContentAddressOfAnotherPath() {
    ContentAddress address = ContentAddress.of(CaHash.NAR_SHA256, NAR);
    assertRefused(
        Violation.CONTENT_ADDRESS_MISMATCH,
        "store path is " + A + ", want " + StorePath.ofNar(NAR, "a") + " of " + address,
        () -> new PathInfo(A, NODE, List.of(), withAddress(address)));
  }

  @Test
  void anAddressWithReferencesIsNotComparedWithTheNarAlone() {
    ContentAddress address = ContentAddress.of(CaHash.NAR_SHA256, new byte[32]);
    assertThat(new PathInfo(A, NODE, List.of(A), withAddress(address)).references())
        .containsExactly(A);
  }

  @ParameterizedTest
  @EnumSource
  void aContentAddressHasTheBytesOfItsType(CaHash hash) {
    byte[] digest = new byte[hash.digestLengthBytes()];
    assertThat(ContentAddress.of(hash, digest)).isEqualTo(ContentAddress.of(hash, digest));
    assertThat(CaHash.ofNumber(hash.number())).isEqualTo(hash);
    assertRefused(
        Violation.DIGEST_LENGTH,
        "content address "
            + hash.prefix()
            + " has 33 bytes of digest, want "
            + hash.digestLengthBytes(),
        () -> ContentAddress.of(hash, new byte[33]));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 9, Integer.MAX_VALUE})
  void refusesAContentAddressOfNoType(int number) {
    assertRefused(
        Violation.CONTENT_ADDRESS_TYPE,
        "content address has type " + number + ", want 0..8",
        () -> CaHash.ofNumber(number));
  }

  @Test
  void writesASignature() {
    assertThat(Signature.of("cache.example.org-1", new byte[64]))
        .hasToString("cache.example.org-1:" + "A".repeat(86) + "==")
        .isEqualTo(Signature.of("cache.example.org-1", new byte[64]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:b", "a\nSig", "a\r", "\0", "\u00e9", "a\u2028"})
  void refusesAKeyNameThatWouldEndTheLine(String name) {
    assertRefused(
        Violation.SIGNATURE_NAME,
        "signature's key is named "
            + EscapedText.quote(name)
            + ", want 1 or more printable characters without blank and colon",
        () -> Signature.of(name, new byte[64]));
  }

  @Test
  void refusesASignatureOfAnotherLength() {
    assertRefused(
        Violation.SIGNATURE_LENGTH,
        "signature has 63 bytes, want 64",
        () -> Signature.of("a", new byte[63]));
  }

  @Test
  void keepsItsListsFromOutside() {
    List<StorePath> references = new ArrayList<>(List.of(A));
    PathInfo info = new PathInfo(A, NODE, references, NAR_INFO);
    references.add(A);
    assertThat(info.references()).containsExactly(A);
  }
}
