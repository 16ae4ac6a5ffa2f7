package io.github.storeproof.store.file;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.NixBase32;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.blob.BlobRecord;
import io.github.storeproof.store.blob.BlobUpkeep;
import io.github.storeproof.store.directory.DirectoryRecord;
import io.github.storeproof.store.index.Index;
import io.github.storeproof.store.index.Pages;
import io.github.storeproof.store.index.Table;
import io.github.storeproof.store.pathinfo.IndexedPathInfoService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Collects what nothing refers to. *Confined.*
///
/// Others read and write meanwhile. Content that was put or asked for lately stays, because whoever
/// put it has not yet said what refers to it; and so does what any path info or directory refers to
/// that came since the start. The tree is walked twice: at leisure, and then, in the change that
/// removes, the few things that are new.
public final class Garbage {
  private final FileStore store;
  private final long youngSinceMillis;
  private final Marks marks = new Marks();
  // Path infos that are to go.
  private final Set<String> condemned = new HashSet<>();

  /// @param grace how long content stays that nothing refers to
  public Garbage(FileStore store, Duration grace) {
    this.store = store;
    this.youngSinceMillis = System.currentTimeMillis() - grace.toMillis();
  }

  /// What was removed.
  public record Collected(int pathInfoCount, int directoryCount, int blobCount, long freedBytes) {}

  /// Removes content that no path info refers to.
  public Collected collect() throws StoreException {
    return sweep();
  }

  /// Removes also all path infos but some, and those that they refer to.
  ///
  /// @throws StoreException [StoreFailure#REFUSED] when one of them is not there; nothing is removed
  public Collected collectAllBut(Collection<StorePath> kept) throws StoreException {
    int _ = store.index().read(reader -> condemn(reader, kept));
    return sweep();
  }

  private int condemn(Index.Reader reader, Collection<StorePath> kept) throws StoreException {
    ReachedPaths reached =
        ReachedPaths.from(
            kept,
            digest -> {
              Optional<byte[]> found = reader.find(Table.PATH_INFOS, digest);
              return found.isEmpty()
                  ? Optional.empty()
                  : Optional.of(IndexedPathInfoService.decoded(digest, found.get()));
            });
    Pages.forEach(
        reader,
        Table.PATH_INFOS,
        entry -> {
          if (!reached.has(keyOf(entry.key()))) {
            condemned.add(keyOf(entry.key()));
          }
        });
    return condemned.size();
  }

  private static String keyOf(byte[] digest) {
    return NixBase32.encode(digest);
  }

  private Collected sweep() throws StoreException {
    int _ = store.index().read(this::mark);
    Collected removed =
        store
            .index()
            .change(writer -> {
              int _ = mark(writer);
              return remove(writer);
            });
    long freedBytes = store.blobs().upkeep().removeUnknownFiles(youngSinceMillis);
    return new Collected(
        removed.pathInfoCount(), removed.directoryCount(), removed.blobCount(), freedBytes);
  }

  private int mark(Index.Reader reader) throws StoreException {
    Pages.forEach(
        reader,
        Table.PATH_INFOS,
        entry -> {
          if (!condemned.contains(keyOf(entry.key()))) {
            PathInfo pathInfo = IndexedPathInfoService.decoded(entry.key(), entry.value());
            marks.mark(reader, pathInfo.node());
          }
        });
    Pages.forEach(
        reader,
        Table.DIRECTORIES,
        entry -> {
          if (DirectoryRecord.putMillis(entry.value()) >= youngSinceMillis) {
            marks.mark(reader, new DirectoryNode(B3Digest.of(entry.key()), 0));
          }
        });
    return 0;
  }

  private Collected remove(Index.Writer writer) throws StoreException {
    List<byte[]> directories = new ArrayList<>();
    Pages.forEach(
        writer,
        Table.DIRECTORIES,
        entry -> {
          if (!marks.hasDirectory(B3Digest.of(entry.key()))) {
            directories.add(entry.key());
          }
        });
    List<B3Digest> blobs = new ArrayList<>();
    Pages.forEach(
        writer,
        Table.BLOBS,
        entry -> {
          B3Digest digest = B3Digest.of(entry.key());
          if (!marks.hasBlob(digest) && BlobRecord.putMillis(entry.value()) < youngSinceMillis) {
            blobs.add(digest);
          }
        });
    for (String pathInfo : condemned) {
      writer.remove(Table.PATH_INFOS, NixBase32.decode(pathInfo));
    }
    for (byte[] directory : directories) {
      writer.remove(Table.DIRECTORIES, directory);
    }
    for (B3Digest blob : blobs) {
      BlobUpkeep.forget(writer, blob);
    }
    return new Collected(condemned.size(), directories.size(), blobs.size(), 0);
  }
}
