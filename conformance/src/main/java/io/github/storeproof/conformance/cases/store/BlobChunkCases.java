package io.github.storeproof.conformance.cases.store;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.storeproof.conformance.oracle.AllowedReply;
import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.oracle.Property;
import io.github.storeproof.conformance.store.Reply;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobResponse;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobResponse.ChunkMeta;
import io.grpc.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The chunks that Stat names.
class BlobChunkCases {
  private static final int TRIES = 10;
  private static final int LARGE_BYTES = (3 << 20) + 7;
  private static final int TWICE_BYTES = 1_200_000;
  private static final int OTHER_MESSAGE_BYTES = 300_001;

  @Checks("BLOB-6")
  void chunksOfAnyBlobAreTheBlob(StoreSubject subject) {
    Property.check(
        subject,
        Upload.any(),
        TRIES,
        (dialog, upload) -> {
          dialog.call(StoreMethod.BLOB_PUT, upload.messages());
          wantChunks(dialog, upload.content());
        });
  }

  @Checks("BLOB-6")
  void chunksOfALargeBlobAreTheBlob(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    byte[] content = Blobs.random(subject.random(), LARGE_BYTES);
    Blobs.put(dialog, content);
    wantChunks(dialog, content);
  }

  /// Messages are no chunks, and a Read changes nothing.
  @Checks("BLOB-6")
  void chunksStayThoseOfTheBlob(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    byte[] content = Blobs.random(subject.random(), TWICE_BYTES);
    Blobs.put(dialog, content);
    Blobs.wantContent(dialog, content);
    wantChunks(dialog, content);
    dialog.want(
        "Put of the same bytes in other messages",
        dialog.call(StoreMethod.BLOB_PUT, Blobs.messages(content, OTHER_MESSAGE_BYTES)),
        Blobs.digest(Blake3.hash(content)));
    wantChunks(dialog, content);
    Blobs.wantContent(dialog, content);
  }

  /// All of its chunks are the same one.
  @Checks("BLOB-6")
  void chunksOfZeroesAreTheBlob(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    byte[] content = new byte[LARGE_BYTES];
    Blobs.put(dialog, content);
    wantChunks(dialog, content);
  }

  /// The chunks of a blob, if it has any, are all there and are the blob.
  static void wantChunks(Dialog dialog, byte[] content) {
    byte[] digest = Blake3.hash(content).toBytes();
    Reply stat = dialog.call(StoreMethod.BLOB_STAT, Blobs.statRequest(digest, true));
    String what = "Stat with chunks of " + content.length + " bytes";
    dialog.want(
        what,
        stat,
        AllowedReply.ok(
            "OK and no chunks, or chunks that sum up to " + content.length + " bytes",
            reply -> wrongSizes(reply, content.length)));
    long offset = 0;
    for (ChunkMeta chunk : chunks(stat).orElseThrow()) {
      int from = (int) offset;
      offset += chunk.getSize();
      wantChunk(dialog, chunk, Arrays.copyOfRange(content, from, (int) offset));
    }
  }

  /// Where the chunks of a blob end, of which Stat answers well.
  static int[] ends(Dialog dialog, byte[] content) {
    int[] ends = chunks(dialog, content).stream().mapToInt(one -> (int) one.getSize()).toArray();
    Arrays.parallelPrefix(ends, Math::addExact);
    return ends;
  }

  /// The chunks of a blob, of which Stat answers well.
  static List<ChunkMeta> chunks(Dialog dialog, byte[] content) {
    byte[] digest = Blake3.hash(content).toBytes();
    Reply stat = dialog.call(StoreMethod.BLOB_STAT, Blobs.statRequest(digest, true));
    dialog.want("Stat with chunks", stat, AllowedReply.status(Status.Code.OK));
    return chunks(stat).orElse(List.of());
  }

  private static void wantChunk(Dialog dialog, ChunkMeta chunk, byte[] part) {
    byte[] digest = chunk.getDigest().toByteArray();
    B3Digest right = Blake3.hash(part);
    if (!Arrays.equals(digest, right.toBytes())) {
      throw dialog.mismatch(
          "a chunk of " + part.length + " bytes has the digest of its bytes, " + right,
          Digests.words(digest));
    }
    dialog.want(
        "Read of a chunk of " + part.length + " bytes",
        dialog.call(StoreMethod.BLOB_READ, Blobs.readRequest(digest)),
        Blobs.content(part));
  }

  private static Optional<String> wrongSizes(Reply reply, long wanted) {
    Optional<List<ChunkMeta>> chunks = chunks(reply);
    if (chunks.isEmpty()) {
      return Optional.of(
          "OK and " + reply.messages().size() + " messages, want a StatBlobResponse");
    }
    if (chunks.get().isEmpty()) {
      return Optional.empty();
    }
    long sum = 0;
    for (ChunkMeta chunk : chunks.get()) {
      if (chunk.getSize() < 0 || chunk.getSize() > wanted) {
        return Optional.of(
            "a chunk of "
                + Long.toUnsignedString(chunk.getSize())
                + " bytes, more than the blob has");
      }
      sum += chunk.getSize();
    }
    return sum == wanted
        ? Optional.empty()
        : Optional.of(chunks.get().size() + " chunks that sum up to " + sum + " bytes");
  }

  private static Optional<List<ChunkMeta>> chunks(Reply reply) {
    try {
      return reply.messages().size() == 1
          ? Optional.of(StatBlobResponse.parseFrom(reply.messages().getFirst()).getChunksList())
          : Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }
}
