package io.github.storeproof.app;

import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.posix.DirectoryEntry;
import io.github.storeproof.posix.Posix;
import io.github.storeproof.posix.PosixException;
import io.github.storeproof.posix.RawPath;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.importer.ImportException;
import io.github.storeproof.store.importer.StoreImporter;
import io.github.storeproof.store.pathinfo.PathInfoService;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// A directory whose entries are named as store paths, and are imported under just these names.
///
/// @param path of the directory, absolute
record StorePathDirectory(RawPath path) {
  /// Imports the entries that the store does not have yet, in the order of their names.
  ///
  /// @throws ImportException when an entry is not named as a store path; nothing is imported then
  void importNew(StoreImporter importer, PathInfoService pathInfos)
      throws ImportException, StoreException, InterruptedException {
    for (StorePath storePath : storePaths()) {
      RawPath entry = path.child(bytesOf(storePath));
      Optional<PathInfo> known = pathInfos.get(storePath.digest());
      if (known.isEmpty()) {
        importer.addAs(entry, storePath);
      } else if (!known.get().path().equals(storePath)) {
        throw new ImportException(
            entry, "has the digest of " + known.get().path() + ", want one of its own");
      }
    }
  }

  private List<StorePath> storePaths() throws ImportException {
    List<StorePath> storePaths = new ArrayList<>();
    for (DirectoryEntry entry : entries()) {
      try {
        storePaths.add(StorePath.parse(new String(entry.name(), StandardCharsets.ISO_8859_1)));
      } catch (InvalidDataException e) {
        throw new ImportException(path.child(entry.name()), e);
      }
    }
    return storePaths;
  }

  private List<DirectoryEntry> entries() throws ImportException {
    Posix posix = new Posix();
    try {
      int fd = posix.openat(Posix.AT_FDCWD, path.toBytes(), Posix.O_RDONLY | Posix.O_DIRECTORY);
      try {
        List<DirectoryEntry> entries = posix.entries(fd);
        Collections.sort(entries);
        return entries;
      } finally {
        posix.close(fd);
      }
    } catch (PosixException e) {
      throw new ImportException(path, e);
    }
  }

  private static byte[] bytesOf(StorePath storePath) {
    return storePath.basename().getBytes(StandardCharsets.US_ASCII);
  }
}
