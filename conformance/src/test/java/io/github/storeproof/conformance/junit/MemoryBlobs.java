package io.github.storeproof.conformance.junit;

import com.google.protobuf.ByteString;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.proto.castore.v1.BlobServiceGrpc.BlobServiceImplBase;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.BlobChunk;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.PutBlobResponse;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.ReadBlobRequest;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobRequest;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The smallest blob service. It loses the last byte of what is put, where it is told to.
final class MemoryBlobs extends BlobServiceImplBase {
  private static final int MESSAGE_BYTES = 64 << 10;

  private final boolean isFaulty;
  private final Map<ByteString, ByteString> blobs = new ConcurrentHashMap<>();

  MemoryBlobs(boolean isFaulty) {
    this.isFaulty = isFaulty;
  }

  @Override
  public void stat(StatBlobRequest request, StreamObserver<StatBlobResponse> client) {
    if (find(request.getDigest(), client) != null) {
      client.onNext(StatBlobResponse.getDefaultInstance());
      client.onCompleted();
    }
  }

  @Override
  public void read(ReadBlobRequest request, StreamObserver<BlobChunk> client) {
    ByteString blob = find(request.getDigest(), client);
    if (blob == null) {
      return;
    }
    for (int at = 0; at < blob.size(); at += MESSAGE_BYTES) {
      ByteString data = blob.substring(at, Math.min(blob.size(), at + MESSAGE_BYTES));
      client.onNext(BlobChunk.newBuilder().setData(data).build());
    }
    client.onCompleted();
  }

  private ByteString find(ByteString digest, StreamObserver<?> client) {
    ByteString blob = blobs.get(digest);
    if (blob == null) {
      Status status = digest.size() == 32 ? Status.NOT_FOUND : Status.INVALID_ARGUMENT;
      client.onError(status.asRuntimeException());
    }
    return blob;
  }

  @Override
  public StreamObserver<BlobChunk> put(StreamObserver<PutBlobResponse> client) {
    return new StreamObserver<>() {
      private ByteString blob = ByteString.EMPTY;

      @Override
      public void onNext(BlobChunk chunk) {
        blob = blob.concat(chunk.getData());
      }

      @Override
      public void onError(Throwable gone) {}

      @Override
      public void onCompleted() {
        if (isFaulty && !blob.isEmpty()) {
          blob = blob.substring(0, blob.size() - 1);
        }
        ByteString digest = ByteString.copyFrom(Blake3.hash(blob.toByteArray()).toBytes());
        blobs.put(digest, blob);
        client.onNext(PutBlobResponse.newBuilder().setDigest(digest).build());
        client.onCompleted();
      }
    };
  }
}
