package io.github.storeproof.conformance.store;

import com.google.protobuf.Message;
import io.github.storeproof.proto.castore.v1.BlobServiceGrpc;
import io.github.storeproof.proto.castore.v1.DirectoryServiceGrpc;
import io.github.storeproof.proto.store.v1.PathInfoServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;

/// The methods of the three store services. *Immutable.*
public enum StoreMethod {
  /// What is known of a blob.
  BLOB_STAT(BlobServiceGrpc.getStatMethod()),
  /// The bytes of a blob.
  BLOB_READ(BlobServiceGrpc.getReadMethod()),
  /// A blob is stored.
  BLOB_PUT(BlobServiceGrpc.getPutMethod()),
  /// A directory, or all below it.
  DIRECTORY_GET(DirectoryServiceGrpc.getGetMethod()),
  /// Directories are stored, from the leaves to the root.
  DIRECTORY_PUT(DirectoryServiceGrpc.getPutMethod()),
  /// What is known of a store path.
  PATH_INFO_GET(PathInfoServiceGrpc.getGetMethod()),
  /// A path info is stored.
  PATH_INFO_PUT(PathInfoServiceGrpc.getPutMethod()),
  /// Size and digest of the archive of a node.
  CALCULATE_NAR(PathInfoServiceGrpc.getCalculateNARMethod()),
  /// All path infos.
  PATH_INFO_LIST(PathInfoServiceGrpc.getListMethod());

  private final String fullName;

  @SuppressWarnings("ImmutableEnumChecker") // messages are immutable
  private final Message request;

  @SuppressWarnings("ImmutableEnumChecker") // messages are immutable
  private final Message response;

  StoreMethod(MethodDescriptor<?, ?> method) {
    this.fullName = method.getFullMethodName();
    this.request = prototype(method.getRequestMarshaller());
    this.response = prototype(method.getResponseMarshaller());
  }

  private static Message prototype(MethodDescriptor.Marshaller<?> marshaller) {
    Object prototype = ((PrototypeMarshaller<?>) marshaller).getMessagePrototype();
    return (Message) java.util.Objects.requireNonNull(prototype);
  }

  /// The name as it goes over the wire.
  public String in(ServicePackage names) {
    return names.inPackage(fullName);
  }

  /// Service and method, without the package.
  public String words() {
    return fullName.substring(fullName.lastIndexOf('.') + 1);
  }

  /// A message of the kind that it is sent.
  Message request() {
    return request;
  }

  /// A message of the kind that it answers.
  Message response() {
    return response;
  }
}
