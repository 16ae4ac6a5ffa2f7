package io.github.storeproof.grpc;

import com.google.protobuf.ByteString;
import io.github.storeproof.model.NarInfo;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.proto.castore.v1.CastoreProto.Entry;
import io.github.storeproof.proto.store.v1.PathInfoProto;
import io.github.storeproof.proto.store.v1.PathInfoServiceGrpc.PathInfoServiceImplBase;
import io.github.storeproof.proto.store.v1.PathInfoServiceProto.CalculateNARResponse;
import io.github.storeproof.proto.store.v1.PathInfoServiceProto.GetPathInfoRequest;
import io.github.storeproof.proto.store.v1.PathInfoServiceProto.GetPathInfoRequest.ByWhatCase;
import io.github.storeproof.proto.store.v1.PathInfoServiceProto.ListPathInfoRequest;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.nar.NarHashes;
import io.github.storeproof.store.pathinfo.PathInfoMessages;
import io.github.storeproof.store.pathinfo.PathInfoService;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

/// Path infos as the gRPC service `PathInfoService` (rules PIN-1…5). *Thread-safe.*
final class PathInfoEndpoint extends PathInfoServiceImplBase {
  private final PathInfoService pathInfos;
  private final NarHashes nars;

  PathInfoEndpoint(PathInfoService pathInfos, NarHashes nars) {
    this.pathInfos = pathInfos;
    this.nars = nars;
  }

  @Override
  public void get(GetPathInfoRequest request, StreamObserver<PathInfoProto.PathInfo> client) {
    Answers.one(
        client,
        "path info",
        () -> {
          byte[] digest = digestOf(request);
          return pathInfos.get(digest).map(PathInfoMessages::messageOf);
        });
  }

  private static byte[] digestOf(GetPathInfoRequest request) {
    if (request.getByWhatCase() != ByWhatCase.BY_OUTPUT_HASH) {
      throw refused("no output hash, want one");
    }
    byte[] digest = request.getByOutputHash().toByteArray();
    if (digest.length != StorePath.DIGEST_LENGTH_BYTES) {
      throw refused(
          "output hash has %d bytes, want %d"
              .formatted(digest.length, StorePath.DIGEST_LENGTH_BYTES));
    }
    return digest;
  }

  private static StatusRuntimeException refused(String message) {
    return Status.INVALID_ARGUMENT.withDescription(message).asRuntimeException();
  }

  @Override
  public void put(PathInfoProto.PathInfo message, StreamObserver<PathInfoProto.PathInfo> client) {
    Answers.one(
        client,
        "path info",
        () -> {
          PathInfo stored = pathInfos.put(PathInfoMessages.pathInfoOf(message));
          return Optional.of(PathInfoMessages.messageOf(stored));
        });
  }

  /// A missing or corrupt part of the content is DATA_LOSS (rule PIN-4).
  @Override
  public void calculateNAR(Entry entry, StreamObserver<CalculateNARResponse> client) {
    ServerCallStreamObserver<CalculateNARResponse> call =
        (ServerCallStreamObserver<CalculateNARResponse>) client;
    Answers.one(
        client,
        "content of the NAR",
        () -> {
          NarInfo nar = nars.of(PathInfoMessages.nodeOf(entry), call::isCancelled);
          return Optional.of(
              CalculateNARResponse.newBuilder()
                  .setNarSize(nar.narSize())
                  .setNarSha256(ByteString.copyFrom(nar.narSha256().toBytes()))
                  .build());
        });
  }

  @Override
  public void list(ListPathInfoRequest request, StreamObserver<PathInfoProto.PathInfo> client) {
    Answers.many(
        client,
        sender -> {
          try (Cursor<PathInfo> cursor = pathInfos.list()) {
            for (var next = cursor.next(); next.isPresent(); next = cursor.next()) {
              sender.send(PathInfoMessages.messageOf(next.get()));
            }
          }
        });
  }
}
