package io.github.storeproof.app;

import io.github.storeproof.posix.RawPath;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.importer.ImportException;
import io.github.storeproof.store.importer.StoreImporter;
import io.github.storeproof.store.pathinfo.PathInfoService;
import java.util.List;

/// What a mount shows: trees imported once, and directories that are read again on demand.
///
/// *Thread-safe*: one import at a time.
final class ImportSources {
  private final StoreImporter importer;
  private final PathInfoService pathInfos;
  private final List<RawPath> trees;
  private final List<StorePathDirectory> directories;

  ImportSources(
      StoreImporter importer,
      PathInfoService pathInfos,
      List<RawPath> trees,
      List<StorePathDirectory> directories) {
    this.importer = importer;
    this.pathInfos = pathInfos;
    this.trees = trees;
    this.directories = directories;
  }

  /// Imports everything.
  synchronized void importAll() throws ImportException, StoreException, InterruptedException {
    for (RawPath tree : trees) {
      importer.add(tree);
    }
    importNew();
  }

  /// Imports what is new in the directories.
  synchronized void importNew() throws ImportException, StoreException, InterruptedException {
    for (StorePathDirectory directory : directories) {
      directory.importNew(importer, pathInfos);
    }
  }
}
