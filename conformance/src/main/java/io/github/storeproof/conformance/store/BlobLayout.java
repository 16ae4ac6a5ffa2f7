package io.github.storeproof.conformance.store;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.proto.castore.v1.BlobServiceGrpc;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobRequest;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.StatusException;
import io.grpc.stub.ClientCalls;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Asks the store which chunks a blob has, so that a fault meets whoever reads it by them.
record BlobLayout(Channel store, ServicePackage names) {
  private static final int LIMIT_SECONDS = 30;

  /// The blob and each of its chunks.
  Map<B3Digest, FaultyPiece> pieces(B3Digest digest, Fault fault) {
    Map<B3Digest, FaultyPiece> pieces = new HashMap<>();
    long offset = 0;
    int seen = 0;
    StatBlobResponse answer = stat(digest);
    for (StatBlobResponse.ChunkMeta chunk : answer.getChunksList()) {
      boolean isLast = ++seen == answer.getChunksCount();
      pieces.put(
          B3Digest.of(chunk.getDigest().toByteArray()),
          new FaultyPiece(digest, fault, offset, chunk.getSize(), isLast));
      offset += chunk.getSize();
    }
    pieces.put(digest, FaultyPiece.whole(digest, fault));
    return pieces;
  }

  private StatBlobResponse stat(B3Digest digest) {
    StatBlobRequest request =
        StatBlobRequest.newBuilder()
            .setDigest(FixtureMessages.bytes(digest))
            .setSendChunks(true)
            .build();
    try {
      return ClientCalls.blockingV2UnaryCall(
          store,
          names.of(BlobServiceGrpc.getStatMethod()),
          CallOptions.DEFAULT.withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS),
          request);
    } catch (StatusException e) {
      throw new IllegalStateException("the store does not tell of blob " + digest, e);
    }
  }
}
