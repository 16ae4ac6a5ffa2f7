package io.github.storeproof.conformance.cases.store;

import io.github.storeproof.conformance.oracle.AllowedReply;
import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.store.Reply;
import io.github.storeproof.conformance.store.StoreCall;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Should;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.model.Directory;
import io.github.storeproof.proto.store.v1.PathInfoProto.PathInfo;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Clients that take the first message of an answer, or send that of a request, and then pause, or go. The answers are larger than what is kept on
/// the way, so that the server stands in the middle of them.
class SlowReaderCases {
  private static final int LARGE_BYTES = (3 << 19) + 1;
  private static final Duration A_MOMENT = Duration.ofMillis(50);

  private static final int SILENT = 40;

  /// Of which some hundred KiB are a List.
  private static final int TARGET_BYTES = 4000;

  private static final int LISTED = 48;
  private static final int AT_ONCE = 8;
  private static final int LONGER_THAN_OTHERS = 5;

  /// A service that serves one call after the other is right too: for the second it is not waited to the end.
  private static final int SHARE_OF_DEADLINE = 5;

  @Checks("BLOB-2")
  void readsOfOneBlobHaveTheirOwnPlaces(StoreSubject subject) {
    byte[] content = Blobs.random(subject.random(), LARGE_BYTES);
    Dialog dialog = subject.dialog();
    byte[] request = Blobs.readRequest(Blobs.put(dialog, content).toBytes());
    wantBoth(subject, dialog, StoreMethod.BLOB_READ, request, Blobs.content(content));
  }

  /// What a cache has taken of it is not all.
  @Checks("BLOB-2")
  void aReadThatIsGivenUpTakesNothingAway(StoreSubject subject) {
    byte[] content = Blobs.random(subject.random(), LARGE_BYTES);
    Dialog dialog = subject.dialog();
    byte[] request = Blobs.readRequest(Blobs.put(dialog, content).toBytes());
    StoreCall read = begun(dialog, StoreMethod.BLOB_READ, request);
    read.next();
    read.cancel();
    dialog.note("BlobService/Read of it -> cancelled by the kit after the first message");
    Moment.pass(A_MOMENT);
    Blobs.wantContent(dialog, content);
  }

  @Checks("DSV-2")
  void getsOfOneTreeHaveTheirOwnPlaces(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    List<Directory> tree = Corners.broad(subject.sizeRule(), subject.random());
    byte[] root = Directories.put(dialog, tree).toBytes();
    wantBoth(
        subject,
        dialog,
        StoreMethod.DIRECTORY_GET,
        Directories.request(root, true),
        RecursiveGetCases.all(tree));
  }

  /// Two calls of a method with the same request: one that pauses, and one beside it.
  static void wantBoth(
      StoreSubject subject,
      Dialog dialog,
      StoreMethod method,
      byte[] request,
      AllowedReply allowed) {
    StoreCall slow = begun(dialog, method, request);
    Optional<byte[]> first = slow.next();
    List<Reply> beside = new ArrayList<>();
    CountDownLatch isOver = new CountDownLatch(1);
    Thread second =
        Thread.startVirtualThread(() -> {
          beside.add(begun(dialog, method, request).end());
          isOver.countDown();
        });
    await(isOver, subject.deadline().dividedBy(SHARE_OF_DEADLINE));
    Reply rest = slow.end();
    await(isOver, subject.deadline());
    join(second);
    List<byte[]> messages = new ArrayList<>(first.stream().toList());
    messages.addAll(rest.messages());
    Reply whole = new Reply(messages, rest.status(), rest.isCutOff(), rest.isLate());
    dialog.note("(two calls with the same request: the first pauses after a message)");
    dialog.want(
        method.words() + ", which begins in the middle of another",
        dialog.noted(method, List.of(request), beside.getFirst()),
        allowed);
    dialog.want(
        method.words() + ", which goes on behind another",
        dialog.noted(method, List.of(request), whole),
        allowed);
  }

  private static StoreCall begun(Dialog dialog, StoreMethod method, byte[] request) {
    return dialog.start(method).send(List.of(request).iterator()).halfClose();
  }

  private static void await(CountDownLatch latch, Duration limit) {
    try {
      boolean _ = latch.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the case was interrupted", e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the case was interrupted", e);
    }
  }

  @Checks("BLOB-8")
  @Should
  void silentClientsHoldUpNobody(StoreSubject subject) {
    Dialog silent = subject.newConnection();
    silent.require(StoreMethod.BLOB_PUT);
    List<StoreCall> puts = new ArrayList<>();
    Dialog dialog = subject.dialog();
    dialog.note("(" + SILENT + " Puts on another connection that send one message and no more)");
    try {
      for (int i = 0; i < SILENT; i++) {
        StoreCall put =
            silent
                .connection()
                .start(
                    StoreMethod.BLOB_PUT.in(silent.names()),
                    subject.deadline().multipliedBy(LONGER_THAN_OTHERS));
        put.send(Blobs.message(new byte[1]));
        puts.add(put);
      }
      byte[] content = Blobs.random(subject.random(), 1000);
      Blobs.put(dialog, content);
      Blobs.wantContent(dialog, content);
    } finally {
      puts.forEach(StoreCall::cancel);
    }
  }

  @Checks("BLOB-8")
  @Should
  void aSlowClientHoldsUpNobody(StoreSubject subject) {
    byte[] content = Blobs.random(subject.random(), LARGE_BYTES);
    Dialog dialog = subject.dialog();
    byte[] request = Blobs.readRequest(Blobs.put(dialog, content).toBytes());
    StoreCall slow =
        dialog
            .connection()
            .start(
                StoreMethod.BLOB_READ.in(dialog.names()),
                subject.deadline().multipliedBy(LONGER_THAN_OTHERS));
    slow.send(List.of(request).iterator()).halfClose().next();
    dialog.note("(a Read of it has sent its first message; the client takes no more for now)");
    try {
      byte[] other = Blobs.random(subject.random(), 1000);
      Blobs.put(dialog, other);
      Blobs.wantContent(dialog, other);
      Blobs.wantContent(dialog, content);
    } finally {
      slow.cancel();
    }
  }

  /// A lock on all path infos is no longer held than it takes to look at some of them.
  @Checks("PIN-5")
  @Should
  void aListThatPausesHoldsUpNobody(StoreSubject subject) {
    StoredTree tree = StoredTree.of(Tree.link("-".repeat(TARGET_BYTES)), subject.sizeRule());
    Dialog dialog = subject.dialog();
    List<PathInfo> listed =
        Stream.generate(() -> PathInfos.plain(tree, PathInfos.hash(subject.random())).build())
            .limit(LISTED)
            .toList();
    for (int i = 0; i < LISTED; i += AT_ONCE) {
      for (Reply put : PathInfos.putAtOnce(dialog, listed.subList(i, i + AT_ONCE))) {
        dialog.want("each of many Puts at once", put, AllowedReply.status(Status.Code.OK));
      }
    }
    Dialog slow = subject.newConnection();
    StoreCall list =
        slow.connection()
            .start(
                StoreMethod.PATH_INFO_LIST.in(slow.names()),
                subject.deadline().multipliedBy(LONGER_THAN_OTHERS));
    try {
      list.send(List.of(new byte[0]).iterator()).halfClose();
      if (list.next().isEmpty()) {
        subject.skip("the service lists nothing, or has no List");
      }
      dialog.note(
          "("
              + LISTED
              + " Puts of path infos; a List on another connection has sent its first message, and"
              + " the client takes no more for now)");
      byte[] hash = PathInfos.hash(subject.random());
      PathInfo other = PathInfos.plain(tree, hash).build();
      PathInfos.wantPut(dialog, other);
      PathInfos.wantBack(dialog, hash, other);
    } finally {
      list.cancel();
    }
  }
}
