package io.github.storeproof.store.file;

import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.pathinfo.PathInfoService;
import io.github.storeproof.store.pathinfo.PathInfoServiceContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class FilePathInfoServiceTest extends PathInfoServiceContract {
  @TempDir private Path directory;

  private FileStore store;

  @Override
  protected PathInfoService open() throws StoreException {
    store = FileStore.open(directory.resolve("store"), SizeRule.SNIX);
    return store.pathInfos();
  }

  @AfterEach
  void close() {
    store.close();
  }
}
