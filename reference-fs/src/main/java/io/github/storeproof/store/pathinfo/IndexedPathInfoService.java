package io.github.storeproof.store.pathinfo;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.model.NixBase32;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.proto.store.v1.PathInfoProto;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.index.Index;
import io.github.storeproof.store.index.Table;
import java.util.Arrays;
import java.util.Optional;

/// Keeps path infos in an index. *Thread-safe.*
public final class IndexedPathInfoService implements PathInfoService {
  private final Index index;

  /// @param index which stays the caller's
  public IndexedPathInfoService(Index index) {
    this.index = index;
  }

  @Override
  public Optional<PathInfo> get(byte[] digest) throws StoreException {
    return index.read(reader -> find(reader, digest));
  }

  private static Optional<PathInfo> find(Index.Reader reader, byte[] digest) throws StoreException {
    Optional<byte[]> found = reader.find(Table.PATH_INFOS, digest);
    return found.isEmpty() ? Optional.empty() : Optional.of(decoded(digest, found.get()));
  }

  /// The path info of an entry, checked against its key.
  ///
  /// @throws StoreException [StoreFailure#CORRUPT] when it is none
  public static PathInfo decoded(byte[] digest, byte[] bytes) throws StoreException {
    String what = "path info of " + NixBase32.encode(digest);
    try {
      PathInfo found = PathInfoMessages.pathInfoOf(PathInfoProto.PathInfo.parseFrom(bytes));
      if (!Arrays.equals(found.path().digest(), digest)) {
        throw new StoreException(StoreFailure.CORRUPT, what + " is that of " + found.path());
      }
      return found;
    } catch (InvalidProtocolBufferException | InvalidDataException e) {
      throw new StoreException(StoreFailure.CORRUPT, what + ": " + e.getMessage(), e);
    }
  }

  @Override
  public PathInfo put(PathInfo pathInfo) throws StoreException {
    byte[] digest = pathInfo.path().digest();
    return index.change(writer -> {
      Optional<PathInfo> known = whole(writer, digest);
      PathInfo stored = known.isEmpty() ? pathInfo : SignedPathInfos.merge(known.get(), pathInfo);
      writer.put(Table.PATH_INFOS, digest, PathInfoMessages.messageOf(stored).toByteArray());
      return stored;
    });
  }

  /// One that is corrupt is replaced.
  private static Optional<PathInfo> whole(Index.Reader reader, byte[] digest)
      throws StoreException {
    try {
      return find(reader, digest);
    } catch (StoreException e) {
      if (e.failure() == StoreFailure.CORRUPT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public Cursor<PathInfo> list() {
    return new IndexCursor(index);
  }
}
