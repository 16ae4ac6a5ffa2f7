package io.github.storeproof.conformance.cases.store;

import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.oracle.Property;
import io.github.storeproof.conformance.store.Reply;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Put of blobs: the digest, and that it can be repeated.
class BlobPutCases {
  private static final int TRIES = 30;
  private static final int ONE_BYTE_MESSAGES = 5000;
  private static final int LARGE_BYTES = (5 << 20) + 5;
  private static final int MEBIBYTE = 1 << 20;
  private static final int AT_ONCE = 16;
  private static final int SHARED_BYTES = (1 << 20) + 1;

  @Checks("BLOB-1")
  void anyCutHasTheDigestOfAllBytes(StoreSubject subject) {
    Property.check(
        subject,
        Upload.any(),
        TRIES,
        (dialog, upload) -> wantDigest(dialog, upload.messages(), upload.content()));
  }

  @Checks("BLOB-1")
  void noBytesHaveTheDigestOfNothing(StoreSubject subject) {
    byte[] empty = Blobs.message(new byte[0]);
    for (int count : new int[] {0, 1, 3}) {
      wantDigest(subject.dialog(), Collections.nCopies(count, empty), new byte[0]);
    }
  }

  @Checks("BLOB-1")
  void messagesOfOneByte(StoreSubject subject) {
    byte[] content = Blobs.random(subject.random(), ONE_BYTE_MESSAGES);
    List<byte[]> messages = new ArrayList<>();
    for (byte one : content) {
      messages.add(Blobs.message(new byte[] {one}));
    }
    wantDigest(subject.dialog(), messages, content);
  }

  @Checks("BLOB-1")
  void manyMessagesOfALargeBlob(StoreSubject subject) {
    byte[] content = Blobs.random(subject.random(), LARGE_BYTES);
    wantDigest(subject.dialog(), Blobs.messages(content), content);
  }

  /// The largest messages that clients send.
  @Checks("BLOB-1")
  void messagesOfOneMebibyte(StoreSubject subject) {
    byte[] content = Blobs.random(subject.random(), 2 * MEBIBYTE + 1);
    Dialog dialog = subject.dialog();
    dialog.want(
        "Put of " + content.length + " bytes in messages of 1 MiB",
        dialog.call(StoreMethod.BLOB_PUT, Blobs.messages(content, MEBIBYTE)),
        Blobs.digest(Blake3.hash(content)));
  }

  private static void wantDigest(Dialog dialog, List<byte[]> messages, byte[] content) {
    dialog.want(
        "Put of " + content.length + " bytes in " + messages.size() + " messages",
        dialog.call(StoreMethod.BLOB_PUT, messages),
        Blobs.digest(Blake3.hash(content)));
  }

  @Checks("BLOB-4")
  void puttingAgainSucceeds(StoreSubject subject) {
    for (int sizeBytes : new int[] {0, 10, SHARED_BYTES}) {
      Dialog dialog = subject.dialog();
      byte[] content = Blobs.random(subject.random(), sizeBytes);
      Blobs.put(dialog, content);
      Blobs.put(dialog, content);
      Blobs.wantContent(dialog, content);
    }
  }

  @Checks("BLOB-4")
  void sixteenPutsAtOnceSucceed(StoreSubject subject) {
    byte[] content = Blobs.random(subject.random(), SHARED_BYTES);
    B3Digest digest = Blake3.hash(content);
    List<byte[]> messages = Blobs.messages(content);
    Dialog dialog = subject.dialog();
    dialog.note(AT_ONCE + " Puts of the same " + content.length + " bytes at once");
    List<Reply> replies =
        AtOnce.all(
            AT_ONCE,
            _ -> dialog.start(StoreMethod.BLOB_PUT).send(messages.iterator()).halfClose().end());
    for (Reply reply : replies) {
      dialog.want(
          "each of " + AT_ONCE + " Puts at once",
          dialog.noted(StoreMethod.BLOB_PUT, messages, reply),
          Blobs.digest(digest));
    }
    Blobs.wantContent(dialog, content);
  }
}
