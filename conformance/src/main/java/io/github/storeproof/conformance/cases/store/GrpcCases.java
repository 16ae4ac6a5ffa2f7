package io.github.storeproof.conformance.cases.store;

import com.google.protobuf.ByteString;
import io.github.storeproof.conformance.oracle.AllowedReply;
import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.store.Reply;
import io.github.storeproof.conformance.store.StoreCall;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.proto.castore.v1.DirectoryServiceProto.GetDirectoryRequest;
import io.github.storeproof.proto.store.v1.PathInfoServiceProto.GetPathInfoRequest;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What holds for every method of every service.
class GrpcCases {
  private static final int TOO_LARGE_BYTES = 8 << 20;
  private static final ByteString DIGEST = ByteString.copyFrom(new byte[32]);

  /// Requests that every service knows how to answer. A list of all path infos is not for all, and PIN-4 asks for archives.
  private static final Map<StoreMethod, byte[]> REQUESTS =
      Map.of(
          StoreMethod.BLOB_STAT,
          Blobs.statRequest(new byte[32], false),
          StoreMethod.BLOB_READ,
          Blobs.readRequest(new byte[32]),
          StoreMethod.BLOB_PUT,
          Blobs.message(new byte[1]),
          StoreMethod.DIRECTORY_GET,
          GetDirectoryRequest.newBuilder().setDigest(DIGEST).build().toByteArray(),
          StoreMethod.DIRECTORY_PUT,
          new byte[0],
          StoreMethod.PATH_INFO_GET,
          GetPathInfoRequest.newBuilder()
              .setByOutputHash(DIGEST.substring(0, 20))
              .build()
              .toByteArray(),
          StoreMethod.PATH_INFO_PUT,
          new byte[0]);

  @Checks("GRP-1")
  void theServicesAreInThePackage(StoreSubject subject) {
    for (StoreMethod method : StoreMethod.values()) {
      byte[] request = REQUESTS.get(method);
      Dialog dialog = subject.dialog();
      if (request == null || !dialog.has(method)) {
        continue;
      }
      dialog.want(
          method.in(dialog.names()),
          dialog.call(method, request),
          new AllowedReply(
              "any answer but UNIMPLEMENTED",
              reply ->
                  reply.code() == Status.Code.UNIMPLEMENTED
                          || reply.code() == Status.Code.UNAVAILABLE
                      ? Optional.of(reply.statusWords())
                      : Optional.empty()));
    }
  }

  @Checks("GRP-1")
  void unknownMethodsAreUnimplemented(StoreSubject subject) {
    String known = StoreMethod.BLOB_STAT.in(subject.dialog().names());
    for (String method :
        List.of(
            known + "x",
            known.replace("/Stat", "/"),
            known.replace("BlobService", "NoService"),
            known.replace(".v1.", ".v2."))) {
      Dialog dialog = subject.dialog();
      dialog.want(
          "a call of " + method,
          dialog.call(method, Blobs.statRequest(new byte[32], false)),
          AllowedReply.status(Status.Code.UNIMPLEMENTED));
    }
  }

  /// A Put that has begun before ends well behind it, on the same connection.
  @Checks("GRP-1")
  void aRequestThatIsTooLargeLeavesTheConnectionUsable(StoreSubject subject) {
    byte[] content = Blobs.random(subject.random(), 1000);
    byte[] huge = Blobs.message(new byte[TOO_LARGE_BYTES]);
    for (StoreMethod method : List.of(StoreMethod.BLOB_STAT, StoreMethod.BLOB_PUT)) {
      byte[] request =
          method == StoreMethod.BLOB_PUT
              ? huge
              : Blobs.statRequest(new byte[TOO_LARGE_BYTES], false);
      Dialog dialog = subject.dialog();
      StoreCall before = dialog.start(StoreMethod.BLOB_PUT);
      before.send(Blobs.message(content));
      Reply reply = dialog.call(method, request);
      dialog.want(method.words() + " of 8 MiB in one message", reply, anyWord());
      dialog.want(
          "a Put on the same connection that began before",
          dialog.noted(
              StoreMethod.BLOB_PUT, List.of(Blobs.message(content)), before.halfClose().end()),
          Blobs.digest(Blake3.hash(content)));
      Blobs.wantContent(dialog, content);
    }
  }

  /// A service that knows no compression says so.
  @Checks("GRP-1")
  void compressedMessagesAreWhatTheyWereOrUnimplemented(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    byte[] content = Blobs.random(subject.random(), 1000);
    List<byte[]> messages = Blobs.messages(content, 400);
    dialog.require(StoreMethod.BLOB_PUT);
    StoreCall call =
        dialog
            .connection()
            .startCompressed(StoreMethod.BLOB_PUT.in(dialog.names()), subject.deadline());
    Reply reply = call.send(messages.iterator()).halfClose().end();
    dialog.note("(the messages of this Put are compressed by gzip)");
    dialog.want(
        "Put of " + content.length + " bytes in compressed messages",
        dialog.noted(StoreMethod.BLOB_PUT, messages, reply),
        Blobs.digest(Blake3.hash(content)).or(AllowedReply.status(Status.Code.UNIMPLEMENTED)));
    if (reply.isOk()) {
      Blobs.wantContent(dialog, content);
    }
  }

  private static AllowedReply anyWord() {
    return new AllowedReply(
        "OK, INVALID_ARGUMENT, RESOURCE_EXHAUSTED, OUT_OF_RANGE, or another status of its own",
        reply ->
            reply.code() == Status.Code.UNAVAILABLE || reply.code() == Status.Code.UNIMPLEMENTED
                ? Optional.of(reply.statusWords())
                : Optional.empty());
  }
}
