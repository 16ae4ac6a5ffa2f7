package io.github.storeproof.store.file;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.blob.BlobUpkeep;
import io.github.storeproof.store.directory.DirectoryRecord;
import io.github.storeproof.store.index.Index;
import io.github.storeproof.store.index.Pages;
import io.github.storeproof.store.index.Table;
import io.github.storeproof.store.pathinfo.IndexedPathInfoService;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// Reads all of a store and says what is wrong. *Confined.*
///
/// Others read and write meanwhile.
public final class Verification {
  private static final int READ_BYTES = 1 << 20;

  /// Hears of the progress and of what is wrong.
  public interface Listener {
    /// So many bytes of blobs more were read.
    void read(long countBytes);

    /// Something is wrong; one line.
    void found(String problem);
  }

  private final FileStore store;
  private final boolean isMended;
  private final Listener listener;
  private final byte[] buffer = new byte[READ_BYTES];
  private int problemCount;
  private int mendedCount;

  /// @param isMended whether what is corrupt is made right or, where that cannot be, removed, so that
  ///     it can be put again
  public Verification(FileStore store, boolean isMended, Listener listener) {
    this.store = store;
    this.isMended = isMended;
    this.listener = listener;
  }

  /// How many things are wrong, and of how many that is not so any more.
  public record Findings(int problemCount, int mendedCount) {}

  /// The bytes of all blobs.
  public static long sizeBytes(FileStore store) throws StoreException {
    long[] sumBytes = new long[1];
    Pages.forEach(
        store.index(),
        Table.BLOBS,
        entry -> {
          if (entry.value().length >= Long.BYTES) {
            sumBytes[0] += ByteBuffer.wrap(entry.value()).getLong();
          }
        });
    return sumBytes[0];
  }

  /// Verifies everything.
  public Findings verify() throws StoreException {
    Pages.forEach(store.index(), Table.BLOBS, this::blob);
    Pages.forEach(store.index(), Table.DIRECTORIES, this::directory);
    Pages.forEach(store.index(), Table.PATH_INFOS, this::pathInfo);
    return new Findings(problemCount, mendedCount);
  }

  private void blob(Index.Entry entry) throws StoreException {
    B3Digest digest = B3Digest.of(entry.key());
    try {
      var _ = BlobUpkeep.record(entry);
      Optional<BlobReader> opened = store.blobs().openRead(digest);
      // Collected meanwhile.
      if (opened.isEmpty()) {
        return;
      }
      try (BlobReader reader = opened.get()) {
        for (long at = 0; at < reader.size(); at += READ_BYTES) {
          listener.read(reader.read(at, MemorySegment.ofArray(buffer)));
        }
      }
    } catch (StoreException e) {
      report(e);
      if (isMended) {
        boolean isStillThere = store.blobs().upkeep().mend(digest, System.currentTimeMillis());
        mended("blob " + digest + (isStillThere ? " is right again" : " was removed"));
      }
    }
  }

  private void directory(Index.Entry entry) throws StoreException {
    B3Digest digest = B3Digest.of(entry.key());
    try {
      Directory directory = DirectoryRecord.of(digest, entry.value());
      for (int i = 0; i < directory.entryCount(); i++) {
        if (!isThere(directory.nodeAt(i))) {
          problem("\"%s\" of directory %s is not there".formatted(directory.nameAt(i), digest));
        }
      }
    } catch (StoreException e) {
      report(e);
      remove(Table.DIRECTORIES, entry, "directory " + digest);
    }
  }

  private void pathInfo(Index.Entry entry) throws StoreException {
    try {
      var pathInfo = IndexedPathInfoService.decoded(entry.key(), entry.value());
      if (!isThere(pathInfo.node())) {
        problem("content of " + pathInfo.path().absolutePath() + " is not there");
      }
    } catch (StoreException e) {
      report(e);
      remove(Table.PATH_INFOS, entry, "path info");
    }
  }

  private boolean isThere(Node node) throws StoreException {
    return switch (node) {
      case DirectoryNode child ->
          store.index().read(reader -> reader.has(Table.DIRECTORIES, child.digest().toBytes()));
      case FileNode file ->
          file.size() == 0
              || store.index().read(reader -> reader.has(Table.BLOBS, file.digest().toBytes()));
      case SymlinkNode _ -> true;
    };
  }

  /// What is no damage, such as a disk that does not answer, ends the verification.
  private void report(StoreException e) throws StoreException {
    if (e.failure() != StoreFailure.CORRUPT && e.failure() != StoreFailure.MISSING) {
      throw e;
    }
    problem(e.getMessage());
  }

  private void problem(String line) {
    problemCount++;
    listener.found(line);
  }

  private void remove(Table table, Index.Entry entry, String what) throws StoreException {
    if (!isMended) {
      return;
    }
    boolean isRemoved =
        store
            .index()
            .change(writer -> {
              Optional<byte[]> now = writer.find(table, entry.key());
              boolean isSame = now.isPresent() && Arrays.equals(now.get(), entry.value());
              if (isSame) {
                writer.remove(table, entry.key());
              }
              return isSame;
            });
    mended(what + (isRemoved ? " was removed" : " was put again"));
  }

  private void mended(String line) {
    mendedCount++;
    listener.found(line);
  }
}
