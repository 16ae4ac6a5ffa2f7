package io.github.storeproof.grpc;

import com.google.protobuf.ByteString;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryCodec;
import io.github.storeproof.proto.castore.v1.DirectoryServiceGrpc;
import io.github.storeproof.proto.castore.v1.DirectoryServiceProto.GetDirectoryRequest;
import io.github.storeproof.proto.castore.v1.DirectoryServiceProto.GetDirectoryRequest.ByWhatCase;
import io.github.storeproof.proto.castore.v1.DirectoryServiceProto.PutDirectoryResponse;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.directory.DirectoryMethods;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.directory.DirectoryWriter;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

/// Directories as the gRPC service `DirectoryService` (rules DSV-1…4). *Thread-safe.*
final class DirectoryEndpoint {
  private final DirectoryService directories;

  DirectoryEndpoint(DirectoryService directories) {
    this.directories = directories;
  }

  ServerServiceDefinition bind() {
    ServiceDescriptor service =
        ServiceDescriptor.newBuilder(DirectoryServiceGrpc.SERVICE_NAME)
            .setSchemaDescriptor(DirectoryServiceGrpc.getServiceDescriptor().getSchemaDescriptor())
            .addMethod(DirectoryMethods.GET)
            .addMethod(DirectoryMethods.PUT)
            .build();
    return ServerServiceDefinition.builder(service)
        .addMethod(DirectoryMethods.GET, ServerCalls.asyncServerStreamingCall(this::get))
        .addMethod(DirectoryMethods.PUT, ServerCalls.asyncClientStreamingCall(this::put))
        .build();
  }

  private void get(GetDirectoryRequest request, StreamObserver<byte[]> client) {
    Answers.many(
        client,
        sender -> {
          if (request.getByWhatCase() != ByWhatCase.DIGEST) {
            throw Status.INVALID_ARGUMENT
                .withDescription("no digest, want one")
                .asRuntimeException();
          }
          B3Digest digest = B3Digest.of(request.getDigest().toByteArray());
          if (request.getRecursive()) {
            sendAll(digest, sender);
          } else {
            Directory found =
                directories.get(digest).orElseThrow(() -> Statuses.notFound("directory " + digest));
            sender.send(DirectoryCodec.encode(found));
          }
        });
  }

  private void sendAll(B3Digest root, Answers.Sender<byte[]> sender)
      throws StoreException, InterruptedException {
    try (Cursor<Directory> cursor = directories.getRecursive(root)) {
      Optional<Directory> next = cursor.next();
      if (next.isEmpty()) {
        throw Statuses.notFound("directory " + root);
      }
      for (; next.isPresent(); next = cursor.next()) {
        sender.send(DirectoryCodec.encode(next.get()));
      }
    }
  }

  private StreamObserver<byte[]> put(StreamObserver<PutDirectoryResponse> client) {
    return new Upload<byte[], DirectoryWriter>(
        directories::putMultiple, DirectoryWriter::close, client::onError) {
      @Override
      void take(DirectoryWriter writer, byte[] encoded) throws StoreException {
        writer.put(DirectoryCodec.decode(encoded));
      }

      @Override
      void end(DirectoryWriter writer) throws StoreException {
        ByteString root = ByteString.copyFrom(writer.commit().toBytes());
        client.onNext(PutDirectoryResponse.newBuilder().setRootDigest(root).build());
        client.onCompleted();
      }
    };
  }
}
