package io.github.storeproof.store.file;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.model.NixBase32;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.object.ObjectKey;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// Reads all of a store of objects and says what is wrong. *Confined.*
///
/// Others read and write meanwhile.
public final class ObjectVerification {
  private static final int READ_BYTES = 1 << 20;

  private final ObjectStore store;
  private final boolean isMended;
  private final Verification.Listener listener;
  private final byte[] buffer = new byte[READ_BYTES];
  private int problemCount;
  private int mendedCount;

  /// @param isMended whether what is corrupt is removed, so that it can be put again
  public ObjectVerification(ObjectStore store, boolean isMended, Verification.Listener listener) {
    this.store = store;
    this.isMended = isMended;
    this.listener = listener;
  }

  /// Verifies everything: content before what refers to it.
  public Verification.Findings verify() throws StoreException {
    for (ObjectKey.Kind kind : ObjectKey.Kind.values()) {
      try (Cursor<ObjectKey> keys = store.objects().list(kind)) {
        for (var key = keys.next(); key.isPresent(); key = keys.next()) {
          verify(key.get());
        }
      }
    }
    return new Verification.Findings(problemCount, mendedCount);
  }

  private void verify(ObjectKey key) throws StoreException {
    try {
      switch (key.kind()) {
        case CHUNK, BLOB -> blob(key.digest());
        case TREE -> tree(key.digest());
        case WITHIN -> note(key.digest());
        case PATH_INFO -> pathInfo(key);
      }
    } catch (StoreException e) {
      // What is no damage, such as a disk that does not answer, ends the verification.
      if (e.failure() != StoreFailure.CORRUPT && e.failure() != StoreFailure.MISSING) {
        throw e;
      }
      problem(e.getMessage());
      if (isMended) {
        store.objects().remove(key);
        mendedCount++;
        listener.found("object " + key + " was removed");
      }
    }
  }

  /// A blob is hashed as a whole: its list may name whole chunks that are not its own.
  private void blob(B3Digest digest) throws StoreException {
    Optional<BlobReader> opened = store.blobs().openRead(digest);
    if (opened.isEmpty()) {
      return;
    }
    Blake3 blake3 = new Blake3();
    try (BlobReader reader = opened.get()) {
      for (long at = 0; at < reader.size(); ) {
        int count = reader.read(at, MemorySegment.ofArray(buffer));
        blake3.update(buffer, 0, count);
        listener.read(count);
        at += count;
      }
    }
    B3Digest seen = blake3.digest();
    if (!seen.equals(digest)) {
      throw new StoreException(
          StoreFailure.CORRUPT, "blob has digest " + seen + ", want " + digest);
    }
  }

  private void tree(B3Digest root) throws StoreException {
    for (Directory directory : store.directories().tree(root)) {
      for (int i = 0; i < directory.entryCount(); i++) {
        if (!isThere(directory.nodeAt(i))) {
          problem(
              "\"%s\" of directory %s is not there"
                  .formatted(directory.nameAt(i), directory.digest()));
        }
      }
    }
  }

  private void note(B3Digest digest) throws StoreException {
    if (store.directories().get(digest).isEmpty()) {
      throw new StoreException(
          StoreFailure.MISSING, "the tree that has directory " + digest + " is not there");
    }
  }

  private void pathInfo(ObjectKey key) throws StoreException {
    Optional<PathInfo> found;
    try {
      found = store.pathInfos().get(NixBase32.decode(key.name()));
    } catch (InvalidDataException | IllegalArgumentException e) {
      throw new StoreException(
          StoreFailure.CORRUPT, "object " + key + " has no store path for a name", e);
    }
    if (found.isPresent() && !isThere(found.get().node())) {
      problem("content of " + found.get().path().absolutePath() + " is not there");
    }
  }

  private boolean isThere(Node node) throws StoreException {
    return switch (node) {
      case DirectoryNode child -> store.directories().get(child.digest()).isPresent();
      case FileNode file -> store.blobs().has(file.digest());
      case SymlinkNode _ -> true;
    };
  }

  private void problem(String line) {
    problemCount++;
    listener.found(line);
  }
}
