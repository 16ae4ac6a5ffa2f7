package io.github.storeproof.store.directory;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryCodec;
import io.github.storeproof.proto.castore.v1.DirectoryServiceProto.PutDirectoryResponse;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.remote.RemoteUpload;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Sends a tree; the service checks it. *Confined.*
final class GrpcDirectoryWriter implements DirectoryWriter {
  private final RemoteUpload<byte[], PutDirectoryResponse> upload;
  private @Nullable B3Digest last;

  GrpcDirectoryWriter(RemoteUpload<byte[], PutDirectoryResponse> upload) {
    this.upload = upload;
  }

  @Override
  public void put(Directory directory) throws StoreException {
    upload.send(DirectoryCodec.encode(directory));
    last = directory.digest();
  }

  @Override
  public B3Digest commit() throws StoreException {
    byte[] stored = upload.finish().getRootDigest().toByteArray();
    B3Digest root = last;
    if (root == null || !Arrays.equals(stored, root.toBytes())) {
      throw new StoreException(
          StoreFailure.CORRUPT, "the service stored a tree of another digest, want " + root);
    }
    return root;
  }

  @Override
  public void close() {
    upload.close();
  }
}
