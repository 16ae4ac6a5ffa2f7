package io.github.storeproof.conformance.cases.store;

import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.store.Reply;
import io.github.storeproof.conformance.store.StoreCall;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Should;
import io.github.storeproof.conformance.subject.StoreSubject;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/// Calls that nobody waits for any more.
class AbandonedCallCases {
  private static final int ABANDONED = 40;
  private static final int LARGE_BYTES = 3 << 20;
  private static final Duration LIMIT = Duration.ofMillis(300);

  /// The second one for a busy machine.
  private static final Duration[] PAUSES = {Duration.ofMillis(600), Duration.ofSeconds(4)};

  @Checks("BLOB-8")
  void cancelledCallsLeaveRoomForOthers(StoreSubject subject) {
    byte[] content = Blobs.random(subject.random(), LARGE_BYTES);
    Dialog dialog = subject.dialog();
    byte[] request = Blobs.readRequest(Blobs.put(dialog, content).toBytes());
    for (int i = 0; i < ABANDONED; i++) {
      StoreCall put = dialog.start(StoreMethod.BLOB_PUT);
      put.send(Blobs.message(new byte[100]));
      put.cancel();
      StoreCall read = dialog.start(StoreMethod.BLOB_READ);
      read.send(List.of(request).iterator()).halfClose().next();
      read.cancel();
    }
    dialog.note(ABANDONED + " Puts and Reads that were begun -> cancelled by the kit");
    Blobs.put(dialog, Blobs.random(subject.random(), 1000));
    Blobs.wantContent(dialog, content);
  }

  /// The server alone is told of the limit, by the header that every client sends.
  @Checks("BLOB-8")
  void aCallEndsAtItsDeadline(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    Duration patience = subject.deadline();
    dialog.require(StoreMethod.BLOB_PUT);
    long start = System.nanoTime();
    StoreCall call =
        dialog.connection().startLimited(StoreMethod.BLOB_PUT.in(dialog.names()), LIMIT, patience);
    Iterator<byte[]> one = List.of(Blobs.message(new byte[10])).iterator();
    Reply reply = call.send(one).end();
    dialog.note(
        "BlobService/Put of 1 message, without its end, with grpc-timeout: 300m\n   -> "
            + reply.statusWords());
    boolean isLate = System.nanoTime() - start >= patience.toNanos();
    if (isLate || reply.isOk()) {
      throw dialog.mismatch(
          "the server ends a call with an error when its deadline of 300 ms is over",
          isLate ? "no end after " + patience.toSeconds() + " s" : reply.statusWords());
    }
  }

  /// What has begun in time ends in time too.
  @Checks("BLOB-8")
  @Should
  void aCallThatPausesEndsAtItsDeadline(StoreSubject subject) {
    byte[] content = Blobs.random(subject.random(), LARGE_BYTES);
    Dialog dialog = subject.dialog();
    byte[] request = Blobs.readRequest(Blobs.put(dialog, content).toBytes());
    for (Duration pause : PAUSES) {
      if (endsBeforeItsAnswer(dialog, request, pause, subject.deadline())) {
        return;
      }
    }
    throw dialog.mismatch(
        "the server ends a call that has begun to answer with an error when its deadline of 300 ms"
            + " is over",
        "the rest of the answer, which the client asks for later");
  }

  private static boolean endsBeforeItsAnswer(
      Dialog dialog, byte[] request, Duration pause, Duration patience) {
    StoreCall call =
        dialog
            .connection()
            .startLimited(StoreMethod.BLOB_READ.in(dialog.names()), LIMIT, patience.plus(pause));
    call.send(List.of(request).iterator()).halfClose().next();
    Moment.pass(pause);
    long start = System.nanoTime();
    Reply rest = call.end();
    boolean isLate = System.nanoTime() - start >= patience.toNanos();
    dialog.note(
        "BlobService/Read of it with grpc-timeout: 300m, after the first message a pause of "
            + pause.toMillis()
            + " ms\n   -> "
            + rest.statusWords());
    return !rest.isOk() && !isLate;
  }
}
