package io.github.storeproof.store.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.fixtures.Seed;
import io.github.storeproof.fixtures.profile.FixtureKey;
import io.github.storeproof.model.NarInfo;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.model.Sha256Digest;
import io.github.storeproof.model.Signature;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.model.SymlinkTarget;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.pathinfo.MemoryPathInfoService;
import io.github.storeproof.store.pathinfo.SigningKey;
import io.github.storeproof.store.pathinfo.TrustedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Path infos that are signed when they are put, and those that count where some keys are trusted.
class SignedPathInfosTest {
  private static final FixtureKey ONE = FixtureKey.of(new Seed(1));
  private static final FixtureKey OTHER = FixtureKey.of(new Seed(2));

  @TempDir private Path directory;

  private final MemoryPathInfoService service = new MemoryPathInfoService();

  private SigningPathInfos signing() throws Exception {
    return new SigningPathInfos(service, key(ONE.secretText()));
  }

  private VerifyingPathInfos trusting(FixtureKey key) throws StoreException {
    return new VerifyingPathInfos(service, TrustedKeys.parse(List.of(key.publicText())));
  }

  private SigningKey key(String text) throws IOException, StoreException {
    return SigningKey.read(Files.writeString(directory.resolve("key"), text));
  }

  private static PathInfo pathInfo(int number, Signature... signatures) {
    byte[] digest = new byte[20];
    digest[0] = (byte) number;
    return new PathInfo(
        StorePath.of(digest, "name"),
        new SymlinkNode(SymlinkTarget.of("target")),
        List.of(),
        new NarInfo(
            1,
            Sha256Digest.of(new byte[32]),
            List.of(signatures),
            Optional.empty(),
            Optional.empty()));
  }

  @Test
  void whatIsPutIsSignedOnceAndNixsOwnReadingOfTheKeyAgrees() throws Exception {
    PathInfo signed = signing().put(pathInfo(1));
    assertThat(signed.narInfo().signatures()).containsExactly(ONE.sign(signed.fingerprint()));
    assertThat(signing().put(signed)).isEqualTo(signed);
  }

  @Test
  void onlyWhatATrustedKeyHasSignedIsThere() throws Exception {
    PathInfo signed = signing().put(pathInfo(1));
    PathInfo unsigned = service.put(pathInfo(2));
    Signature ofAnother = ONE.sign(pathInfo(4).fingerprint());
    PathInfo wronglySigned = service.put(pathInfo(3, ofAnother));
    assertThat(trusting(ONE).get(signed.path().digest())).contains(signed);
    assertThat(trusting(OTHER).get(signed.path().digest())).isEmpty();
    assertThat(trusting(ONE).get(unsigned.path().digest())).isEmpty();
    assertThat(trusting(ONE).get(wronglySigned.path().digest())).isEmpty();
    try (Cursor<PathInfo> list = trusting(ONE).list()) {
      assertThat(list.next()).contains(signed);
      assertThat(list.next()).isEmpty();
    }
  }

  @Test
  void whatNobodyTrustedHasSignedIsNotPut() throws Exception {
    assertThatThrownBy(() -> trusting(ONE).put(pathInfo(1)))
        .hasMessageContaining("no right signature of a trusted key, want one of")
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.REFUSED));
    assertThat(service.get(pathInfo(1).path().digest())).isEmpty();
  }

  @Test
  void aKeyThatIsNoneIsRefusedWithoutShowingIt() throws Exception {
    String secret = ONE.secretText();
    String oneChanged = (secret.charAt(secret.length() - 10) == 'A' ? "B" : "A");
    String halves =
        secret.substring(0, secret.length() - 10)
            + oneChanged
            + secret.substring(secret.length() - 9);
    for (String wrong : new String[] {"", "name", "name:!", "name:AAAA", halves}) {
      assertThatThrownBy(() -> key(wrong))
          .isInstanceOf(StoreException.class)
          .hasMessageStartingWith("key ")
          .hasMessageNotContaining("AAAA");
    }
    assertThatThrownBy(() -> TrustedKeys.parse(List.of(ONE.publicText(), ONE.publicText())))
        .hasMessageContaining("two keys are named");
    assertThatThrownBy(() -> TrustedKeys.parse(List.of())).hasMessageContaining("no trusted key");
  }
}
