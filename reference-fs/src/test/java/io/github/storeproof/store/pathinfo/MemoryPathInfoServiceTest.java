package io.github.storeproof.store.pathinfo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.model.PathInfo;
import io.github.storeproof.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryPathInfoServiceTest extends PathInfoServiceContract {
  private final MemoryPathInfoService pathInfos = new MemoryPathInfoService();

  @Override
  protected PathInfoService open() {
    return pathInfos;
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
