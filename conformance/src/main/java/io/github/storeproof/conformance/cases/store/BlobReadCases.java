package io.github.storeproof.conformance.cases.store;

import io.github.storeproof.conformance.oracle.AllowedReply;
import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.oracle.Property;
import io.github.storeproof.conformance.store.Reply;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.model.Blake3;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Read and Stat of blobs, of those that are not there, and by digests that are none.
class BlobReadCases {
  private static final int TRIES = 20;
  private static final int LARGE_BYTES = (9 << 20) + 3;
  private static final int[] FULL_SIZES = {
    (1 << 16) - 1,
    (1 << 16) + 1,
    1 << 17,
    1 << 18,
    (1 << 18) + 1,
    1 << 19,
    (1 << 20) - 1,
    1 << 20,
    1 << 22,
    (1 << 22) + 1
  };
  private static final int MOST_MESSAGE_BYTES = 4 << 20;
  private static final int AT_ONCE = 16;
  private static final int MANY = 130;
  private static final int SMALL_BYTES = 50;

  @Checks("BLOB-2")
  void readReturnsWhatWasPut(StoreSubject subject) {
    Property.check(
        subject,
        Upload.any(),
        TRIES,
        (dialog, upload) -> {
          dialog.call(StoreMethod.BLOB_PUT, upload.messages());
          Blobs.wantContent(dialog, upload.content());
        });
  }

  @Checks("BLOB-2")
  void theEmptyBlobIsThereOnceItWasPut(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    Blobs.put(dialog, new byte[0]);
    byte[] digest = Blake3.hash(new byte[0]).toBytes();
    Blobs.wantContent(dialog, new byte[0]);
    dialog.want(
        "Stat of the blob of no bytes",
        dialog.call(StoreMethod.BLOB_STAT, Blobs.statRequest(digest, false)),
        AllowedReply.status(Status.Code.OK));
  }

  /// Their ends are those of buffers, pages and pieces too, or one byte beside.
  @Checks("BLOB-2")
  void blobsThatFillTheirBuffersAreWhole(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    for (int sizeBytes : FULL_SIZES) {
      byte[] content = Blobs.random(subject.random(), sizeBytes);
      Blobs.put(dialog, content);
      Blobs.wantContent(dialog, content);
    }
  }

  /// Whatever else is asked for. Chunks and hash trees may come or not.
  @Checks("BLOB-2")
  void whatWasPutIsFoundByStat(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    for (int sizeBytes : new int[] {1, 1000, LARGE_BYTES / 4}) {
      byte[] content = Blobs.random(subject.random(), sizeBytes);
      byte[] digest = Blobs.put(dialog, content).toBytes();
      AllowedReply found = AllowedReply.ok("OK and one answer", BlobReadCases::notOneAnswer);
      for (boolean sendsChunks : new boolean[] {false, true}) {
        String what =
            "Stat of a blob of " + sizeBytes + " bytes" + (sendsChunks ? " with its chunks" : "");
        dialog.want(
            what,
            dialog.call(StoreMethod.BLOB_STAT, Blobs.statRequest(digest, sendsChunks, false)),
            found);
        dialog.want(
            what + " with its hash tree",
            dialog.call(StoreMethod.BLOB_STAT, Blobs.statRequest(digest, sendsChunks, true)),
            found.or(AllowedReply.status(Status.Code.UNIMPLEMENTED)));
      }
    }
  }

  private static Optional<String> notOneAnswer(Reply reply) {
    return reply.messages().size() == 1
        ? Optional.empty()
        : Optional.of("OK and " + reply.messages().size() + " messages");
  }

  @Checks("BLOB-2")
  void messagesOfALargeBlobAreNotTooLarge(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    byte[] content = Blobs.random(subject.random(), LARGE_BYTES);
    byte[] digest = Blobs.put(dialog, content).toBytes();
    Reply reply = dialog.call(StoreMethod.BLOB_READ, Blobs.readRequest(digest));
    dialog.want("Read of " + content.length + " bytes", reply, Blobs.content(content));
    dialog.want(
        "Read of " + content.length + " bytes",
        reply,
        AllowedReply.ok("OK and messages of at most 4 MiB", BlobReadCases::tooLarge));
  }

  private static Optional<String> tooLarge(Reply reply) {
    return reply.messages().stream()
        .filter(message -> message.length > MOST_MESSAGE_BYTES)
        .map(message -> "a message of " + message.length + " bytes")
        .findFirst();
  }

  @Checks("BLOB-2")
  void readsAtOnceDoNotMix(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    List<byte[]> contents = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      contents.add(Blobs.random(subject.random(), 100_000 + i));
      Blobs.put(dialog, contents.get(i));
    }
    List<byte[]> requests =
        contents.stream().map(one -> Blobs.readRequest(Blake3.hash(one).toBytes())).toList();
    List<Reply> replies =
        AtOnce.all(
            AT_ONCE,
            i ->
                dialog
                    .start(StoreMethod.BLOB_READ)
                    .send(List.of(requests.get(i)).iterator())
                    .halfClose()
                    .end());
    for (int i = 0; i < AT_ONCE; i++) {
      dialog.want(
          "each of " + AT_ONCE + " Reads at once",
          dialog.noted(StoreMethod.BLOB_READ, List.of(requests.get(i)), replies.get(i)),
          Blobs.content(contents.get(i)));
    }
  }

  /// A store forgets nothing, as a cache does.
  @Checks("BLOB-2")
  void manyBlobsAreAllKept(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    List<byte[]> contents = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      contents.add(Blobs.random(subject.random(), SMALL_BYTES));
    }
    for (int from = 0; from < MANY; from += AT_ONCE) {
      List<byte[]> some = contents.subList(from, Math.min(MANY, from + AT_ONCE));
      List<Reply> replies =
          AtOnce.all(
              some.size(),
              i ->
                  dialog
                      .start(StoreMethod.BLOB_PUT)
                      .send(Blobs.messages(some.get(i)).iterator())
                      .halfClose()
                      .end());
      for (int i = 0; i < some.size(); i++) {
        dialog.want("each of many Puts", replies.get(i), Blobs.digest(Blake3.hash(some.get(i))));
      }
    }
    dialog.note("(" + MANY + " Puts of blobs of " + SMALL_BYTES + " bytes)");
    for (byte[] content : contents) {
      Blobs.wantContent(dialog, content);
    }
  }

  @Checks("BLOB-3")
  void unknownDigestsAreNotFound(StoreSubject subject) {
    byte[] content = Blobs.random(subject.random(), 100);
    byte[] known = Blobs.put(subject.dialog(), content).toBytes();
    for (byte[] digest : Digests.unknown(known, subject.random())) {
      wantEach(subject, digest, "an unknown digest", Status.Code.NOT_FOUND);
    }
  }

  @Checks("BLOB-3")
  void digestsOfOtherLengthsAreInvalid(StoreSubject subject) {
    byte[] known = Blobs.put(subject.dialog(), Blobs.random(subject.random(), 100)).toBytes();
    for (byte[] digest : Digests.ofOtherLengths(known)) {
      wantEach(
          subject, digest, "a digest of " + digest.length + " bytes", Status.Code.INVALID_ARGUMENT);
    }
  }

  private static void wantEach(
      StoreSubject subject, byte[] digest, String what, Status.Code wanted) {
    AllowedReply allowed = AllowedReply.status(wanted);
    Dialog stat = subject.dialog();
    stat.want(
        "Stat of " + what,
        stat.call(StoreMethod.BLOB_STAT, Blobs.statRequest(digest, false)),
        allowed);
    Dialog chunks = subject.dialog();
    chunks.want(
        "Stat with chunks of " + what,
        chunks.call(StoreMethod.BLOB_STAT, Blobs.statRequest(digest, true)),
        allowed);
    Dialog read = subject.dialog();
    read.want(
        "Read of " + what, read.call(StoreMethod.BLOB_READ, Blobs.readRequest(digest)), allowed);
  }
}
