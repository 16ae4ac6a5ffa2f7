package io.github.storeproof.store.file;

import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.pathinfo.PathInfoService;
import io.github.storeproof.store.pathinfo.PathInfoServiceContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class ObjectPathInfoServiceTest extends PathInfoServiceContract {
  @TempDir private Path directory;

  @Override
  protected PathInfoService open() throws StoreException {
    return ObjectStore.open(directory.resolve("store"), SizeRule.SNIX).pathInfos();
  }
}
