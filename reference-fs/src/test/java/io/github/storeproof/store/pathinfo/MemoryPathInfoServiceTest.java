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
import org.junit.jupiter.api.Test;

class MemoryPathInfoServiceTest {
  private static final Signature ONE = Signature.of("one", new byte[64]);
  private static final Signature TWO = Signature.of("two", new byte[64]);

  private final MemoryPathInfoService pathInfos = new MemoryPathInfoService();

  private static PathInfo pathInfo(int number, String target, Signature... signatures) {
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
  void allAreListedOnceInTheirOrder() throws StoreException {
    List<PathInfo> put = List.of(pathInfo(3, "c"), pathInfo(1, "a"), pathInfo(2, "b"));
    for (PathInfo each : put) {
      pathInfos.put(each);
    }
    pathInfos.put(pathInfo(3, "c", ONE));
    List<PathInfo> listed = new ArrayList<>();
    try (Cursor<PathInfo> cursor = pathInfos.list()) {
      for (Optional<PathInfo> next = cursor.next(); next.isPresent(); next = cursor.next()) {
        listed.add(next.get());
      }
    }
    assertThat(listed).containsExactly(pathInfo(3, "c", ONE), put.get(1), put.get(2));
  }

  @Test
  void listenersHearOfNewPathsOnlyAndFindThemThere() throws StoreException {
    List<PathInfo> heard = new ArrayList<>();
    pathInfos.addListener(added -> {
      assertThat(pathInfos.get(added.path().digest())).isPresent();
      heard.add(added);
    });
    pathInfos.put(pathInfo(1, "a"));
    pathInfos.put(pathInfo(1, "a", ONE));
    pathInfos.put(pathInfo(2, "b"));
    assertThat(heard).containsExactly(pathInfo(1, "a"), pathInfo(2, "b"));
  }
}
