package io.github.storeproof.store.blob;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.BlobChunk;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.PutBlobResponse;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.remote.RemoteUpload;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Sends a blob as it is written. *Confined.*
final class GrpcBlobWriter implements BlobWriter {
  private static final int MESSAGE_BYTES = 256 << 10;

  private final RemoteUpload<BlobChunk, PutBlobResponse> upload;
  private final Blake3 blake3 = new Blake3();

  GrpcBlobWriter(RemoteUpload<BlobChunk, PutBlobResponse> upload) {
    this.upload = upload;
  }

  @Override
  public void write(MemorySegment bytes) throws StoreException {
    for (long offset = 0; offset < bytes.byteSize(); offset += MESSAGE_BYTES) {
      long count = Math.min(MESSAGE_BYTES, bytes.byteSize() - offset);
      byte[] copy = bytes.asSlice(offset, count).toArray(ValueLayout.JAVA_BYTE);
      blake3.update(copy);
      // Nobody else has the copy.
      ByteString data = UnsafeByteOperations.unsafeWrap(copy);
      upload.send(BlobChunk.newBuilder().setData(data).build());
    }
  }

  @Override
  public B3Digest commit() throws StoreException {
    B3Digest digest = blake3.digest();
    byte[] stored = upload.finish().getDigest().toByteArray();
    if (!Arrays.equals(stored, digest.toBytes())) {
      throw GrpcBlobService.corrupt("the service stored a blob of another digest, want " + digest);
    }
    return digest;
  }

  @Override
  public void close() {
    upload.close();
  }
}
