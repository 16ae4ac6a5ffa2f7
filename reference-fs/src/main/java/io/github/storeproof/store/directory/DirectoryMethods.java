package io.github.storeproof.store.directory;

import io.github.storeproof.proto.castore.v1.DirectoryServiceGrpc;
import io.github.storeproof.proto.castore.v1.DirectoryServiceProto.GetDirectoryRequest;
import io.github.storeproof.proto.castore.v1.DirectoryServiceProto.PutDirectoryResponse;
import io.github.storeproof.store.remote.RawMessages;
import io.grpc.MethodDescriptor;

/// The methods of the gRPC service `DirectoryService`, with each directory as the bytes that it is.
public final class DirectoryMethods {
  /// Asks for a directory, or for all below it.
  public static final MethodDescriptor<GetDirectoryRequest, byte[]> GET =
      DirectoryServiceGrpc.getGetMethod().toBuilder(
              DirectoryServiceGrpc.getGetMethod().getRequestMarshaller(), RawMessages.INSTANCE)
          .build();

  /// Sends a tree, leaves first.
  public static final MethodDescriptor<byte[], PutDirectoryResponse> PUT =
      DirectoryServiceGrpc.getPutMethod().toBuilder(
              RawMessages.INSTANCE, DirectoryServiceGrpc.getPutMethod().getResponseMarshaller())
          .build();

  private DirectoryMethods() {}
}
