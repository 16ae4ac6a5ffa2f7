package io.github.storeproof.conformance.cases.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.github.storeproof.conformance.oracle.AllowedReply;
import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.store.Reply;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.fixtures.Seed;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.BlobChunk;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.PutBlobResponse;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.ReadBlobRequest;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Calls of a blob service, and what correct services answer.
final class Blobs {
  private static final int MESSAGE_BYTES = 256 << 10;

  private Blobs() {}

  /// Random bytes that no other case has.
  static byte[] random(Random random, int sizeBytes) {
    return new Seed(random.nextLong()).content(sizeBytes).slice(0, sizeBytes);
  }

  static byte[] message(byte[] data) {
    return BlobChunk.newBuilder()
        .setData(UnsafeByteOperations.unsafeWrap(data))
        .build()
        .toByteArray();
  }

  /// A content in messages of the usual size.
  static List<byte[]> messages(byte[] content) {
    return messages(content, MESSAGE_BYTES);
  }

  /// A content in messages of so many of its bytes.
  static List<byte[]> messages(byte[] content, int sizeBytes) {
    List<byte[]> messages = new ArrayList<>();
    for (int at = 0; at < content.length; at += sizeBytes) {
      messages.add(
          message(Arrays.copyOfRange(content, at, Math.min(content.length, at + sizeBytes))));
    }
    return messages;
  }

  static byte[] readRequest(byte[] digest) {
    return ReadBlobRequest.newBuilder()
        .setDigest(ByteString.copyFrom(digest))
        .build()
        .toByteArray();
  }

  static byte[] statRequest(byte[] digest, boolean sendsChunks) {
    return statRequest(digest, sendsChunks, false);
  }

  static byte[] statRequest(byte[] digest, boolean sendsChunks, boolean sendsHashTree) {
    return StatBlobRequest.newBuilder()
        .setDigest(ByteString.copyFrom(digest))
        .setSendChunks(sendsChunks)
        .setSendBao(sendsHashTree)
        .build()
        .toByteArray();
  }

  /// Puts a content, which must succeed.
  static B3Digest put(Dialog dialog, byte[] content) {
    B3Digest digest = Blake3.hash(content);
    dialog.want(
        "Put of " + content.length + " bytes",
        dialog.call(StoreMethod.BLOB_PUT, messages(content)),
        digest(digest));
    return digest;
  }

  /// Reads a blob, which must be this content.
  static void wantContent(Dialog dialog, byte[] content) {
    byte[] digest = Blake3.hash(content).toBytes();
    dialog.want(
        "Read of " + content.length + " bytes",
        dialog.call(StoreMethod.BLOB_READ, readRequest(digest)),
        content(content));
  }

  /// Success with one message that has this digest.
  static AllowedReply digest(B3Digest digest) {
    return AllowedReply.ok(
        "OK and the digest " + digest,
        reply -> {
          if (reply.messages().size() != 1) {
            return Optional.of("OK and " + reply.messages().size() + " messages");
          }
          try {
            byte[] seen =
                PutBlobResponse.parseFrom(reply.messages().getFirst()).getDigest().toByteArray();
            return Arrays.equals(seen, digest.toBytes())
                ? Optional.empty()
                : Optional.of("OK and " + Digests.words(seen));
          } catch (InvalidProtocolBufferException e) {
            return Optional.of("OK and a message that is no PutBlobResponse");
          }
        });
  }

  /// Success with messages that together are this content.
  static AllowedReply content(byte[] content) {
    return AllowedReply.ok(
        "OK and the " + content.length + " bytes that hash to the digest",
        reply -> {
          Optional<byte[]> seen = contentOf(reply);
          return seen.isEmpty()
              ? Optional.of("OK and a message that is no BlobChunk")
              : Digests.difference(content, seen.get()).map(text -> "OK and " + text);
        });
  }

  /// The bytes that an answer to Read has; empty when it is none.
  static Optional<byte[]> contentOf(Reply reply) {
    List<ByteString> parts = new ArrayList<>();
    for (byte[] message : reply.messages()) {
      try {
        parts.add(BlobChunk.parseFrom(message).getData());
      } catch (InvalidProtocolBufferException e) {
        return Optional.empty();
      }
    }
    return Optional.of(ByteString.copyFrom(parts).toByteArray());
  }
}
