package io.github.storeproof.store.pathinfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every service of path infos does.
public abstract class PathInfoServiceContract {
  protected static final Signature ONE = Signature.of("one", new byte[64]);
  private static final Signature TWO = Signature.of("two", new byte[64]);

  private PathInfoService pathInfos;

  /// A service without path infos.
  protected abstract PathInfoService open() throws Exception;

  @BeforeEach
  void openIt() throws Exception {
    pathInfos = open();
  }

  protected static PathInfo pathInfo(int number, String target, Signature... signatures) {
    byte[] digest = new byte[20];
    digest[0] = (byte) number;
    NarInfo narInfo =
        new NarInfo(
            1,
            Sha256Digest.of(new byte[32]),
            List.of(signatures),
            Optional.empty(),
            Optional.empty());
    return new PathInfo(
        StorePath.of(digest, "name"),
        new SymlinkNode(SymlinkTarget.of(target)),
        List.of(),
        narInfo);
  }

  @Test
  void whatIsPutIsThereUnderItsDigest() throws StoreException {
    PathInfo pathInfo = pathInfo(1, "a");
    assertThat(pathInfos.get(pathInfo.path().digest())).isEmpty();
    assertThat(pathInfos.put(pathInfo)).isEqualTo(pathInfo);
    assertThat(pathInfos.get(pathInfo.path().digest())).contains(pathInfo);
  }

  @Test
  void signaturesAreAdded() throws StoreException {
    pathInfos.put(pathInfo(1, "a", ONE));
    assertThat(pathInfos.put(pathInfo(1, "a", TWO, ONE))).isEqualTo(pathInfo(1, "a", ONE, TWO));
    assertThat(pathInfos.get(pathInfo(1, "a").path().digest()))
        .contains(pathInfo(1, "a", ONE, TWO));
  }

  @Test
  void anotherNodeForAKnownPathIsRefused() throws StoreException {
    pathInfos.put(pathInfo(1, "a"));
    assertThatThrownBy(() -> pathInfos.put(pathInfo(1, "b")))
        .hasMessageContaining("more than signatures")
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.REFUSED));
    assertThat(pathInfos.get(pathInfo(1, "a").path().digest())).contains(pathInfo(1, "a"));
  }

  @Test
  void allAreListedOnce() throws StoreException {
    List<PathInfo> put = List.of(pathInfo(3, "c"), pathInfo(1, "a"), pathInfo(2, "b"));
    for (PathInfo each : put) {
      pathInfos.put(each);
    }
    pathInfos.put(pathInfo(3, "c", ONE));
    assertThat(listed()).containsExactlyInAnyOrder(pathInfo(3, "c", ONE), put.get(1), put.get(2));
  }

  @Test
  void aLongListIsComplete() throws StoreException {
    for (int i = 0; i < 250; i++) {
      pathInfos.put(pathInfo(i, "a"));
    }
    assertThat(listed()).hasSize(250).doesNotHaveDuplicates();
  }

  private List<PathInfo> listed() throws StoreException {
    List<PathInfo> listed = new ArrayList<>();
    try (Cursor<PathInfo> cursor = pathInfos.list()) {
      for (Optional<PathInfo> next = cursor.next(); next.isPresent(); next = cursor.next()) {
        listed.add(next.get());
      }
    }
    return listed;
  }
}
