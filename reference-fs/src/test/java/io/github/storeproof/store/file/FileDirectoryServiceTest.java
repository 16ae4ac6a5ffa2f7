package io.github.storeproof.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.directory.DirectoryServiceContract;
import io.github.storeproof.store.index.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDirectoryServiceTest extends DirectoryServiceContract {
  @TempDir private Path directory;

  private final List<FileStore> stores = new ArrayList<>();

  @Override
  protected DirectoryService open(SizeRule sizeRule) throws StoreException {
    stores.add(FileStore.open(directory.resolve(sizeRule.name()), sizeRule));
    return stores.getLast().directories();
  }

  @AfterEach
  void close() {
    stores.forEach(FileStore::close);
  }

  @Test
  void aRecordThatIsNotWhatItsDigestSaysIsNotServedAndPuttingAgainRepairs() throws Exception {
    FileStore store = stores.getLast();
    B3Digest digest = store.directories().put(Directory.EMPTY);
    int _ =
        store
            .index()
            .change(writer -> {
              writer.put(Table.DIRECTORIES, digest.toBytes(), new byte[9]);
              return 1;
            });
    assertThatThrownBy(() -> store.directories().get(digest))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.CORRUPT));
    store.directories().put(Directory.EMPTY);
    assertThat(store.directories().get(digest)).contains(Directory.EMPTY);
  }
}
