package io.github.storeproof.store.directory;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.index.Index;
import io.github.storeproof.store.index.Table;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Keeps directories in an index. What is read is checked against its digest. *Thread-safe.*
public final class IndexedDirectoryService implements DirectoryService {
  private final Index index;
  private final References references;
  private final TreeSpace space = TreeSpace.ofThisProcess();
  private final InstantSource clock;

  /// @param index which stays the caller's
  /// @param sizeRule how the sizes in directories must have been counted
  public IndexedDirectoryService(Index index, SizeRule sizeRule, InstantSource clock) {
    this.index = index;
    this.references = new References(sizeRule);
    this.clock = clock;
  }

  @Override
  public Optional<Directory> get(B3Digest digest) throws StoreException {
    Optional<byte[]> found = index.read(reader -> reader.find(Table.DIRECTORIES, digest.toBytes()));
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(DirectoryRecord.of(digest, found.get()));
  }

  @Override
  public B3Digest put(Directory directory) throws StoreException {
    byte[] record = DirectoryRecord.toBytes(directory, clock.millis());
    int _ =
        index.change(writer -> {
          references.check(directory, digest -> childOf(writer, digest));
          writer.put(Table.DIRECTORIES, directory.digest().toBytes(), record);
          return 1;
        });
    return directory.digest();
  }

  /// A child that cannot be read is as good as missing: it has to be put again first.
  private static Optional<Directory> childOf(Index.Reader reader, B3Digest digest)
      throws StoreException {
    Optional<byte[]> found = reader.find(Table.DIRECTORIES, digest.toBytes());
    try {
      return found.isEmpty()
          ? Optional.empty()
          : Optional.of(DirectoryRecord.of(digest, found.get()));
    } catch (StoreException e) {
      if (e.failure() == StoreFailure.CORRUPT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public Cursor<Directory> getRecursive(B3Digest root) {
    return new TreeCursor(this, root);
  }

  @Override
  public DirectoryWriter putMultiple() {
    return new TreeWriter((_, closed) -> keepAll(closed), references, space);
  }

  private void keepAll(Collection<Directory> closed) throws StoreException {
    List<Directory> all = List.copyOf(closed);
    long nowMillis = clock.millis();
    int _ =
        index.change(writer -> {
          for (Directory directory : all) {
            writer.put(
                Table.DIRECTORIES,
                directory.digest().toBytes(),
                DirectoryRecord.toBytes(directory, nowMillis));
          }
          return all.size();
        });
  }
}
