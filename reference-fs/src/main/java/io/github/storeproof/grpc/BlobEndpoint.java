package io.github.storeproof.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.proto.castore.v1.BlobServiceGrpc;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.BlobChunk;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.PutBlobResponse;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.ReadBlobRequest;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobRequest;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobResponse;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.blob.BlobWriter;
import io.github.storeproof.store.blob.Chunk;
import io.github.storeproof.store.remote.RawMessages;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/// Blobs as the gRPC service `BlobService` (rules BLOB-1…6). *Thread-safe.*
///
/// What is put comes as bytes: a message that the library cannot read would end the call, and the
/// end of the stream behind it would still be told of as if it were complete.
final class BlobEndpoint implements BindableService {
  private static final int MESSAGE_BYTES = 256 << 10;
  private static final MethodDescriptor<byte[], PutBlobResponse> PUT =
      BlobServiceGrpc.getPutMethod().toBuilder(
              RawMessages.INSTANCE, BlobServiceGrpc.getPutMethod().getResponseMarshaller())
          .build();

  private final BlobService blobs;

  BlobEndpoint(BlobService blobs) {
    this.blobs = blobs;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return ServerServiceDefinition.builder(BlobServiceGrpc.SERVICE_NAME)
        .addMethod(BlobServiceGrpc.getStatMethod(), ServerCalls.asyncUnaryCall(this::stat))
        .addMethod(
            BlobServiceGrpc.getReadMethod(), ServerCalls.asyncServerStreamingCall(this::read))
        .addMethod(PUT, ServerCalls.asyncClientStreamingCall(this::put))
        .build();
  }

  private void stat(StatBlobRequest request, StreamObserver<StatBlobResponse> client) {
    Answers.one(
        client,
        "blob",
        () -> {
          B3Digest digest = B3Digest.of(request.getDigest().toByteArray());
          if (request.getSendChunks()) {
            return blobs.chunks(digest).map(BlobEndpoint::answer);
          }
          return blobs.has(digest)
              ? Optional.of(StatBlobResponse.getDefaultInstance())
              : Optional.empty();
        });
  }

  private static StatBlobResponse answer(List<Chunk> chunks) {
    StatBlobResponse.Builder answer = StatBlobResponse.newBuilder();
    for (Chunk chunk : chunks) {
      answer.addChunks(
          StatBlobResponse.ChunkMeta.newBuilder()
              .setDigest(ByteString.copyFrom(chunk.digest().toBytes()))
              .setSize(chunk.sizeBytes()));
    }
    return answer.build();
  }

  private void read(ReadBlobRequest request, StreamObserver<BlobChunk> client) {
    Answers.many(
        client,
        sender -> {
          B3Digest digest = B3Digest.of(request.getDigest().toByteArray());
          try (BlobReader reader =
              blobs.openRead(digest).orElseThrow(() -> Statuses.notFound("blob " + digest))) {
            send(digest, reader, sender);
          }
        });
  }

  /// What is not at hand is put together by a list of chunks, which the whole alone proves.
  private static void send(B3Digest digest, BlobReader reader, Answers.Sender<BlobChunk> sender)
      throws StoreException, InterruptedException {
    Blake3 sent = new Blake3();
    for (long offset = 0; offset < reader.size(); offset += MESSAGE_BYTES) {
      byte[] bytes = new byte[(int) Math.min(MESSAGE_BYTES, reader.size() - offset)];
      int _ = reader.read(offset, MemorySegment.ofArray(bytes));
      if (!reader.isResident()) {
        sent.update(bytes);
      }
      // Nobody else has the array.
      sender.send(BlobChunk.newBuilder().setData(UnsafeByteOperations.unsafeWrap(bytes)).build());
    }
    if (!reader.isResident() && !sent.digest().equals(digest)) {
      throw new StoreException(
          StoreFailure.CORRUPT, "chunks have digest " + sent.digest() + ", want " + digest);
    }
  }

  private StreamObserver<byte[]> put(StreamObserver<PutBlobResponse> client) {
    return new Upload<byte[], BlobWriter>(blobs::openWrite, BlobWriter::close, client::onError) {
      @Override
      void take(BlobWriter writer, byte[] message) throws StoreException {
        writer.write(MemorySegment.ofBuffer(chunkOf(message).getData().asReadOnlyByteBuffer()));
      }

      @Override
      void end(BlobWriter writer) throws StoreException {
        ByteString digest = ByteString.copyFrom(writer.commit().toBytes());
        client.onNext(PutBlobResponse.newBuilder().setDigest(digest).build());
        client.onCompleted();
      }
    };
  }

  private static BlobChunk chunkOf(byte[] message) {
    try {
      // Nobody changes the message: its bytes need not be copied.
      CodedInputStream input = UnsafeByteOperations.unsafeWrap(message).newCodedInput();
      input.enableAliasing(true);
      BlobChunk chunk = BlobChunk.parseFrom(input);
      // The end of a group that never began would hide what is behind it.
      input.checkLastTagWas(0);
      return chunk;
    } catch (IOException e) {
      throw Status.INVALID_ARGUMENT
          .withDescription("message of " + message.length + " bytes is no BlobChunk")
          .withCause(e)
          .asRuntimeException();
    }
  }
}
