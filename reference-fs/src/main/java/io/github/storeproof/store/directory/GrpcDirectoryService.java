package io.github.storeproof.store.directory;

import com.google.protobuf.ByteString;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryCodec;
import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.proto.castore.v1.DirectoryServiceProto.GetDirectoryRequest;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.remote.RemoteStore;
import java.util.Optional;

/// Directories of another process, by the gRPC service `DirectoryService`. What comes is checked
/// against its digest and against the rules of the format. *Thread-safe.*
public final class GrpcDirectoryService implements DirectoryService {
  private final RemoteStore remote;

  public GrpcDirectoryService(RemoteStore remote) {
    this.remote = remote;
  }

  @Override
  public Optional<Directory> get(B3Digest digest) throws StoreException {
    GetDirectoryRequest request =
        GetDirectoryRequest.newBuilder().setDigest(ByteString.copyFrom(digest.toBytes())).build();
    return remote.stream(
        DirectoryMethods.GET,
        request,
        "directory " + digest,
        0,
        messages -> {
          Optional<byte[]> first = messages.next();
          // Read to the end: it may be an error.
          if (first.isPresent() && messages.next().isPresent()) {
            throw corrupt("directory " + digest + " comes with others, want it alone");
          }
          return first.isEmpty() ? Optional.empty() : Optional.of(checked(digest, first.get()));
        });
  }

  private static Directory checked(B3Digest digest, byte[] encoded) throws StoreException {
    B3Digest seen = Blake3.hash(encoded);
    if (!seen.equals(digest)) {
      throw corrupt("directory has digest " + seen + ", want " + digest);
    }
    try {
      return DirectoryCodec.decode(encoded);
    } catch (InvalidDataException e) {
      throw new StoreException(
          StoreFailure.CORRUPT, "directory " + digest + ": " + e.getMessage(), e);
    }
  }

  private static StoreException corrupt(String message) {
    return new StoreException(StoreFailure.CORRUPT, message);
  }

  @Override
  public B3Digest put(Directory directory) throws StoreException {
    try (DirectoryWriter writer = putMultiple()) {
      writer.put(directory);
      return writer.commit();
    }
  }

  @Override
  public Cursor<Directory> getRecursive(B3Digest root) {
    return new TreeCursor(this, root);
  }

  @Override
  public DirectoryWriter putMultiple() {
    return new GrpcDirectoryWriter(remote.upload(DirectoryMethods.PUT, "put of directories"));
  }
}
