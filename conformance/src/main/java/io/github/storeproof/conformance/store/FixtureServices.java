package io.github.storeproof.conformance.store;

import com.google.protobuf.ByteString;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.proto.castore.v1.BlobServiceGrpc;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.BlobChunk;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.ReadBlobRequest;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobRequest;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobResponse;
import io.github.storeproof.proto.castore.v1.DirectoryServiceGrpc;
import io.github.storeproof.proto.castore.v1.DirectoryServiceProto.GetDirectoryRequest;
import io.github.storeproof.proto.store.v1.PathInfoProto.PathInfo;
import io.github.storeproof.proto.store.v1.PathInfoServiceGrpc;
import io.github.storeproof.proto.store.v1.PathInfoServiceProto.GetPathInfoRequest;
import io.github.storeproof.proto.store.v1.PathInfoServiceProto.ListPathInfoRequest;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A [FixtureStore] as the part of the store services that a mount asks: nothing can be put.
final class FixtureServices {
  private static final int MESSAGE_BYTES = 64 << 10;

  private final FixtureStore store;
  private final ServicePackage names;

  FixtureServices(FixtureStore store, ServicePackage names) {
    this.store = store;
    this.names = names;
  }

  List<ServerServiceDefinition> all() {
    return List.of(blobs(), directories(), pathInfos());
  }

  private ServerServiceDefinition blobs() {
    return service(BlobServiceGrpc.SERVICE_NAME)
        .addMethod(
            names.of(BlobServiceGrpc.getStatMethod()), ServerCalls.asyncUnaryCall(this::stat))
        .addMethod(
            names.of(BlobServiceGrpc.getReadMethod()),
            ServerCalls.asyncServerStreamingCall(this::read))
        .build();
  }

  private ServerServiceDefinition directories() {
    MethodDescriptor<GetDirectoryRequest, byte[]> get =
        DirectoryServiceGrpc.getGetMethod().toBuilder(
                DirectoryServiceGrpc.getGetMethod().getRequestMarshaller(), RawMessages.INSTANCE)
            .build();
    return service(DirectoryServiceGrpc.SERVICE_NAME)
        .addMethod(names.of(get), ServerCalls.asyncServerStreamingCall(this::directory))
        .build();
  }

  private ServerServiceDefinition pathInfos() {
    return service(PathInfoServiceGrpc.SERVICE_NAME)
        .addMethod(
            names.of(PathInfoServiceGrpc.getGetMethod()),
            ServerCalls.asyncUnaryCall(this::pathInfo))
        .addMethod(
            names.of(PathInfoServiceGrpc.getListMethod()),
            ServerCalls.asyncServerStreamingCall(this::list))
        .build();
  }

  private ServerServiceDefinition.Builder service(String snixName) {
    return ServerServiceDefinition.builder(names.inPackage(snixName));
  }

  private void stat(StatBlobRequest request, StreamObserver<StatBlobResponse> client) {
    answer(
        client,
        request.getDigest(),
        digest ->
            store
                .chunks(digest)
                .map(chunks -> {
                  StatBlobResponse.Builder answer = StatBlobResponse.newBuilder();
                  for (FixtureStore.Chunk chunk :
                      request.getSendChunks() ? chunks : List.<FixtureStore.Chunk>of()) {
                    answer.addChunks(
                        StatBlobResponse.ChunkMeta.newBuilder()
                            .setDigest(FixtureMessages.bytes(chunk.digest()))
                            .setSize(chunk.sizeBytes()));
                  }
                  return answer.build();
                }));
  }

  private void read(ReadBlobRequest request, StreamObserver<BlobChunk> client) {
    Optional<FixtureStore.Piece> found = digest(request.getDigest()).flatMap(store::piece);
    if (found.isEmpty()) {
      notFound(client);
      return;
    }
    ServerCallStreamObserver<BlobChunk> stream = (ServerCallStreamObserver<BlobChunk>) client;
    stream.setOnReadyHandler(new Pump(found.get(), stream));
  }

  /// Sends a piece as fast as the client takes it. *Confined* to its call.
  private static final class Pump implements Runnable {
    private final FixtureStore.Piece piece;
    private final ServerCallStreamObserver<BlobChunk> client;
    private long offset;
    private boolean isDone;

    Pump(FixtureStore.Piece piece, ServerCallStreamObserver<BlobChunk> client) {
      this.piece = piece;
      this.client = client;
    }

    @Override
    public void run() {
      while (client.isReady() && offset < piece.sizeBytes()) {
        byte[] bytes = piece.slice(offset, MESSAGE_BYTES);
        offset += bytes.length;
        client.onNext(BlobChunk.newBuilder().setData(ByteString.copyFrom(bytes)).build());
      }
      if (offset == piece.sizeBytes() && !isDone) {
        isDone = true;
        client.onCompleted();
      }
    }
  }

  private void directory(GetDirectoryRequest request, StreamObserver<byte[]> client) {
    List<byte[]> found =
        digest(request.getDigest())
            .map(digest -> store.directories(digest, request.getRecursive()))
            .orElse(List.of());
    if (found.isEmpty()) {
      notFound(client);
      return;
    }
    found.forEach(client::onNext);
    client.onCompleted();
  }

  private void pathInfo(GetPathInfoRequest request, StreamObserver<PathInfo> client) {
    Optional<PathInfo> found = store.pathInfo(request.getByOutputHash().toByteArray());
    if (found.isEmpty()) {
      notFound(client);
      return;
    }
    client.onNext(found.get());
    client.onCompleted();
  }

  private void list(ListPathInfoRequest request, StreamObserver<PathInfo> client) {
    store.pathInfos().forEach(client::onNext);
    client.onCompleted();
  }

  private static <R> void answer(
      StreamObserver<R> client, ByteString digest, Function<B3Digest, Optional<R>> finder) {
    Optional<R> found = digest(digest).flatMap(finder);
    if (found.isEmpty()) {
      notFound(client);
      return;
    }
    client.onNext(found.get());
    client.onCompleted();
  }

  private static Optional<B3Digest> digest(ByteString bytes) {
    try {
      return Optional.of(B3Digest.of(bytes.toByteArray()));
    } catch (InvalidDataException e) {
      return Optional.empty();
    }
  }

  private static void notFound(StreamObserver<?> client) {
    client.onError(Status.NOT_FOUND.asRuntimeException());
  }
}
