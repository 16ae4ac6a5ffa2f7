package io.github.storeproof.conformance.cases.store;

import io.github.storeproof.conformance.oracle.AllowedReply;
import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.store.Reply;
import io.github.storeproof.conformance.store.StoreCall;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Should;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.model.Blake3;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Puts that do not come to their end.
class BlobFailureCases {
  private static final Duration A_MOMENT = Duration.ofMillis(100);
  private static final int PIECE_BYTES = 10_000;
  private static final int PIECES = 4;
  private static final int LARGE_BYTES = 1_500_000;
  private static final int CHUNKED_BYTES = 1_200_000;

  /// A field of 127 bytes that ends after two.
  private static final byte[] GARBAGE = {0x0a, 0x7f, 1, 2};

  @Checks("BLOB-5")
  void aCancelledPutLeavesNothing(StoreSubject subject) {
    for (int pieces : new int[] {1, PIECES}) {
      byte[] content = Blobs.random(subject.random(), PIECES * PIECE_BYTES);
      Dialog dialog = subject.dialog();
      StoreCall call = dialog.start(StoreMethod.BLOB_PUT).send(first(content, pieces).iterator());
      Moment.pass(A_MOMENT);
      call.cancel();
      dialog.note(
          "BlobService/Put of " + pieces + " messages, without their end -> cancelled by the kit");
      wantNothing(dialog, content, pieces);
      Blobs.put(dialog, content);
      Blobs.wantContent(dialog, content);
    }
  }

  /// Stores that cut at fixed places cut another blob of that length there too.
  @Checks("BLOB-5")
  @Should
  void aCancelledPutLeavesNoWholeChunk(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    byte[] other = Blobs.random(subject.random(), CHUNKED_BYTES);
    Blobs.put(dialog, other);
    int[] ends = BlobChunkCases.ends(dialog, other);
    byte[] content = Blobs.random(subject.random(), CHUNKED_BYTES);
    StoreCall call = dialog.start(StoreMethod.BLOB_PUT);
    call.send(Blobs.messages(content).iterator());
    Moment.pass(A_MOMENT);
    call.cancel();
    dialog.note(
        "BlobService/Put of other " + CHUNKED_BYTES + " bytes, without their end -> cancelled");
    Moment.pass(A_MOMENT);
    int from = 0;
    for (int end : ends) {
      byte[] digest = Blake3.hash(Arrays.copyOfRange(content, from, end)).toBytes();
      from = end;
      dialog.want(
          "Read of a chunk of what a cancelled Put sent",
          dialog.call(StoreMethod.BLOB_READ, Blobs.readRequest(digest)),
          AllowedReply.status(Status.Code.NOT_FOUND));
    }
    Blobs.put(dialog, content);
    BlobChunkCases.wantChunks(dialog, content);
  }

  /// What is cleaned up after a Put may belong to another one.
  @Checks("BLOB-5")
  void aCancelledPutOfWhatIsThereTakesNothingAway(StoreSubject subject) {
    for (int sizeBytes : new int[] {PIECES * PIECE_BYTES, LARGE_BYTES}) {
      byte[] content = Blobs.random(subject.random(), sizeBytes);
      Dialog dialog = subject.dialog();
      Blobs.put(dialog, content);
      StoreCall call = dialog.start(StoreMethod.BLOB_PUT);
      call.send(Blobs.messages(content).iterator());
      Moment.pass(A_MOMENT);
      call.cancel();
      dialog.note("BlobService/Put of the same bytes, without their end -> cancelled by the kit");
      Blobs.wantContent(dialog, content);
      Moment.pass(A_MOMENT);
      Blobs.wantContent(dialog, content);
    }
  }

  @Checks("BLOB-5")
  void aPutWhoseConnectionIsLostLeavesNothing(StoreSubject subject) {
    byte[] content = Blobs.random(subject.random(), PIECES * PIECE_BYTES);
    Dialog lost = subject.newConnection();
    StoreCall call = lost.start(StoreMethod.BLOB_PUT).send(first(content, PIECES).iterator());
    Moment.pass(A_MOMENT);
    lost.connection().close();
    call.cancel();
    Dialog dialog =
        subject
            .dialog()
            .note("BlobService/Put of " + PIECES + " messages -> the connection is closed");
    wantNothing(dialog, content, PIECES);
  }

  @Checks("BLOB-5")
  void aPutWithAMessageThatIsNoneLeavesNothing(StoreSubject subject) {
    byte[] content = Blobs.random(subject.random(), PIECES * PIECE_BYTES);
    List<byte[]> messages = new ArrayList<>(first(content, PIECES));
    messages.add(GARBAGE);
    Dialog dialog = subject.dialog();
    Reply reply = dialog.call(StoreMethod.BLOB_PUT, messages);
    dialog.want(
        "Put that ends in a message that is no BlobChunk", reply, AllowedReply.refusal("an error"));
    wantNothing(dialog, content, PIECES);
    Blobs.put(dialog, content);
    Blobs.wantContent(dialog, content);
  }

  private static List<byte[]> first(byte[] content, int pieces) {
    List<byte[]> messages = new ArrayList<>();
    for (int i = 0; i < pieces; i++) {
      messages.add(
          Blobs.message(Arrays.copyOfRange(content, i * PIECE_BYTES, (i + 1) * PIECE_BYTES)));
    }
    return messages;
  }

  /// Neither the whole nor what was sent is there, now and a moment later.
  private static void wantNothing(Dialog dialog, byte[] content, int pieces) {
    byte[] sent = Arrays.copyOf(content, pieces * PIECE_BYTES);
    for (int look = 0; look < 2; look++) {
      for (byte[] one : pieces == PIECES ? List.of(sent) : List.of(sent, content)) {
        byte[] digest = Blake3.hash(one).toBytes();
        dialog.want(
            "Stat of what a failed Put sent",
            dialog.call(StoreMethod.BLOB_STAT, Blobs.statRequest(digest, false)),
            AllowedReply.status(Status.Code.NOT_FOUND));
        dialog.want(
            "Read of what a failed Put sent",
            dialog.call(StoreMethod.BLOB_READ, Blobs.readRequest(digest)),
            AllowedReply.status(Status.Code.NOT_FOUND));
      }
      Moment.pass(A_MOMENT);
    }
  }
}
