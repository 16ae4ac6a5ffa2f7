package io.github.storeproof.conformance.cases.store;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.storeproof.conformance.oracle.AllowedReply;
import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.store.PathInfoDifference;
import io.github.storeproof.conformance.store.Reply;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.conformance.target.Feature;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.proto.store.v1.PathInfoProto.PathInfo;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/// List of path infos.
class PathInfoListCases {
  private static final int LISTED = 12;
  private static final int LISTS = 5;
  private static final int PUTS_BETWEEN = 20;
  private static final int MOST_BESIDE = 500;
  private static final int LONGEST_MILLIS = 300;

  /// More than services have on one page, or ask for at a time.
  private static final int MANY = 1030;

  private static final int AT_ONCE = 10;
  private static final int SHARE_OF_DEADLINE = 4;
  private static final int TARGET_BYTES = 300;

  @Checks("PIN-5")
  void everyPathInfoIsListedOnce(StoreSubject subject) {
    Map<String, PathInfo> put = putSome(subject);
    Dialog dialog = subject.dialog();
    dialog.want("List", list(subject, dialog), listed(put));
  }

  @Checks("PIN-5")
  void theListIsCompleteWhileOthersArePut(StoreSubject subject) {
    Map<String, PathInfo> put = putSome(subject);
    Dialog dialog = subject.dialog();
    list(subject, dialog);
    StoredTree tree = PathInfoCases.stored(subject, subject.dialog(), Tree.link("during"));
    Dialog beside = subject.newConnection();
    AtomicBoolean isDone = new AtomicBoolean();
    Semaphore puts = new Semaphore(0);
    Thread thread =
        Thread.startVirtualThread(putting(subject, beside, tree, puts::release, isDone::get));
    try {
      for (int i = 0; i < LISTS; i++) {
        await(puts);
        Dialog one = subject.dialog().note("(while path infos are put on another connection)");
        one.want("List", list(subject, one), listed(put));
      }
    } finally {
      isDone.set(true);
      join(thread);
    }
  }

  /// Puts path infos, as long as it is wanted.
  private static Runnable putting(
      StoreSubject subject,
      Dialog dialog,
      StoredTree tree,
      Runnable afterEach,
      BooleanSupplier isDone) {
    Random random = new Random(subject.random().nextLong());
    Duration deadline = subject.deadline();
    return () -> {
      for (int i = 0; i < MOST_BESIDE && !isDone.getAsBoolean(); i++) {
        byte[] message = PathInfos.plain(tree, PathInfos.hash(random)).build().toByteArray();
        dialog
            .connection()
            .call(
                StoreMethod.PATH_INFO_PUT.in(dialog.names()),
                List.of(message).iterator(),
                deadline);
        afterEach.run();
      }
    };
  }

  /// Waits until some more were put, so that others come while the list is made.
  private static void await(Semaphore puts) {
    try {
      boolean _ = puts.tryAcquire(PUTS_BETWEEN, LONGEST_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the case was interrupted", e);
    }
  }

  /// And they do not share their place in it.
  @Checks("PIN-5")
  void longListsAreWholeForEachOfTwo(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    long start = System.nanoTime();
    list(subject, dialog);
    if (System.nanoTime() - start > subject.deadline().dividedBy(SHARE_OF_DEADLINE).toNanos()) {
      subject.skip("the service lists so much that two lists take longer than the kit waits");
    }
    Map<String, PathInfo> put = putMany(subject, dialog);
    SlowReaderCases.wantBoth(subject, dialog, StoreMethod.PATH_INFO_LIST, new byte[0], listed(put));
  }

  private static Map<String, PathInfo> putMany(StoreSubject subject, Dialog dialog) {
    StoredTree tree = StoredTree.of(Tree.link("-".repeat(TARGET_BYTES)), subject.sizeRule());
    Map<String, PathInfo> put = new HashMap<>();
    while (put.size() < MANY) {
      List<PathInfo> some = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        byte[] hash = PathInfos.hash(subject.random());
        some.add(PathInfos.plain(tree, hash).build());
        put.put(PathInfos.basename(hash, "name"), some.getLast());
      }
      List<Reply> replies = PathInfos.putAtOnce(dialog, some);
      for (int i = 0; i < AT_ONCE; i++) {
        dialog.want("each of many Puts at once", replies.get(i), PathInfos.same(some.get(i)));
      }
    }
    dialog.note("(" + put.size() + " Puts of path infos)");
    return put;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Some path infos by their names.
  private static Map<String, PathInfo> putSome(StoreSubject subject) {
    List<StoredTree> kinds =
        PathInfoCases.kinds(subject).stream()
            .map(tree -> PathInfoCases.stored(subject, subject.dialog(), tree))
            .toList();
    Map<String, PathInfo> put = new HashMap<>();
    for (int i = 0; i < LISTED; i++) {
      StoredTree tree = kinds.get(i % kinds.size());
      byte[] hash = PathInfos.hash(subject.random());
      PathInfo pathInfo = PathInfos.full(tree, hash, subject.random()).build();
      PathInfos.wantPut(subject.dialog(), pathInfo);
      put.put(PathInfos.basename(hash, "name"), pathInfo);
    }
    return put;
  }

  private static Reply list(StoreSubject subject, Dialog dialog) {
    Reply reply = dialog.callSteadily(StoreMethod.PATH_INFO_LIST, new byte[0]);
    boolean isRefused = !reply.isOk() && !reply.isCutOff() && reply.messages().isEmpty();
    if (isRefused && !subject.features().claims(Feature.PATH_INFO_LIST)) {
      subject.skip(
          "the service has no List, which not every service can have: "
              + reply.statusWords()
              + ", and the target does not claim "
              + Feature.PATH_INFO_LIST.key());
    }
    if (reply.isCutOff()) {
      subject.skip("the service lists more than the kit takes");
    }
    dialog.want("List", reply, AllowedReply.status(Status.Code.OK));
    return reply;
  }

  /// Success with all of these path infos, and with others.
  private static AllowedReply listed(Map<String, PathInfo> put) {
    return AllowedReply.ok(
        "List has all path infos that were put before, each once and as they were put, with at"
            + " most more signatures",
        reply -> wrong(reply, put));
  }

  private static Optional<String> wrong(Reply reply, Map<String, PathInfo> put) {
    Map<String, PathInfo> seen = new HashMap<>();
    for (byte[] message : reply.messages()) {
      Optional<PathInfo> pathInfo = parsed(message);
      Optional<String> name = pathInfo.flatMap(PathInfoListCases::name);
      if (pathInfo.isEmpty() || name.isEmpty()) {
        return Optional.of("a message that is no PathInfo with a node");
      }
      if (seen.put(name.get(), pathInfo.get()) != null) {
        return Optional.of(name.get() + " more than once");
      }
    }
    for (Map.Entry<String, PathInfo> wanted : put.entrySet()) {
      PathInfo listed = seen.get(wanted.getKey());
      if (listed == null) {
        return Optional.of(seen.size() + " path infos, without " + wanted.getKey());
      }
      Optional<String> difference = PathInfoDifference.between(wanted.getValue(), listed);
      if (difference.isPresent()) {
        return Optional.of("of " + wanted.getKey() + " " + difference.get());
      }
    }
    return Optional.empty();
  }

  private static Optional<PathInfo> parsed(byte[] message) {
    try {
      return Optional.of(PathInfo.parseFrom(message));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> name(PathInfo pathInfo) {
    var entry = pathInfo.getEntry();
    return switch (entry.getEntryCase()) {
      case DIRECTORY -> Optional.of(entry.getDirectory().getName().toStringUtf8());
      case FILE -> Optional.of(entry.getFile().getName().toStringUtf8());
      case SYMLINK -> Optional.of(entry.getSymlink().getName().toStringUtf8());
      case ENTRY_NOT_SET -> Optional.empty();
    };
  }
}
