package io.github.storeproof.conformance.cases.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.storeproof.conformance.oracle.AllowedReply;
import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.oracle.Mismatch;
import io.github.storeproof.conformance.store.Reply;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Needs;
import io.github.storeproof.conformance.subject.Should;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.proto.store.v1.PathInfoProto.NARInfo;
import io.github.storeproof.proto.store.v1.PathInfoProto.PathInfo;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// Put, Get and List of path infos.
class PathInfoCases {
  private static final int[] WRONG_LENGTHS = {0, 1, 19, 21, 32, 33};
  private static final int LISTED = 12;
  private static final int LISTS = 5;

  /// A tree of each kind, which no other case has.
  private static List<Tree> kinds(StoreSubject subject) {
    Content content = Content.ofBytes(Blobs.random(subject.random(), 100));
    String target = "target-" + subject.random().nextLong();
    return List.of(
        Tree.dir().plain("file", content).executable("program", content).link("l", target).build(),
        Tree.plain(content),
        Tree.executable(content),
        Tree.link(target),
        Tree.plain(Content.ofBytes(new byte[0])));
  }

  private static StoredTree stored(StoreSubject subject, Dialog dialog, Tree tree) {
    return StoredTree.of(tree, subject.sizeRule()).putBlobs(dialog).putDirectories(dialog);
  }

  @Checks("PIN-1")
  void knownUnknownAndOtherHashes(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    byte[] hash = PathInfos.hash(subject.random());
    StoredTree tree = stored(subject, dialog, kinds(subject).getFirst());
    PathInfo pathInfo = PathInfos.plain(tree, hash).build();
    PathInfos.wantPut(dialog, pathInfo);
    PathInfos.wantBack(dialog, hash, pathInfo);
    for (byte[] unknown : Digests.unknown(hash, subject.random())) {
      Dialog one = subject.dialog();
      one.want(
          "Get of an unknown hash",
          PathInfos.get(one, unknown),
          AllowedReply.status(Status.Code.NOT_FOUND));
    }
    List<byte[]> wrong = new ArrayList<>();
    for (int length : WRONG_LENGTHS) {
      wrong.add(Arrays.copyOf(hash, length));
    }
    wrong.add(PathInfos.basename(hash, "").substring(0, 32).getBytes(StandardCharsets.US_ASCII));
    for (byte[] other : wrong) {
      Dialog one = subject.dialog();
      one.want(
          "Get of a hash of " + other.length + " bytes",
          PathInfos.get(one, other),
          AllowedReply.status(Status.Code.INVALID_ARGUMENT));
    }
  }

  @Checks("PIN-2")
  void whatWasPutComesBack(StoreSubject subject) {
    for (Tree kind : kinds(subject)) {
      Dialog dialog = subject.dialog();
      StoredTree tree = stored(subject, dialog, kind);
      byte[] plain = PathInfos.hash(subject.random());
      byte[] full = PathInfos.hash(subject.random());
      PathInfo first = PathInfos.plain(tree, plain).build();
      wantBack(subject, plain, first);
      wantBack(subject, full, PathInfos.full(tree, full, subject.random()).build());
      PathInfos.wantBack(
          subject.dialog().note("(Put of it, and then of another with the same node)"),
          plain,
          first);
    }
  }

  /// As when a path is copied again that somebody else has signed.
  @Checks("PIN-2")
  @Should
  void whatWasPutAgainComesBack(StoreSubject subject) {
    StoredTree tree = stored(subject, subject.dialog(), kinds(subject).getFirst());
    byte[] hash = PathInfos.hash(subject.random());
    PathInfo.Builder pathInfo = PathInfos.plain(tree, hash);
    wantBack(subject, hash, pathInfo.build());
    wantBack(subject, hash, pathInfo.build());
    pathInfo.getNarinfoBuilder().addSignatures(PathInfos.signature("key-1", subject.random()));
    wantBack(subject, hash, pathInfo.build());
  }

  /// The path of content that is addressed by its archive.
  @Checks("PIN-2")
  void aContentAddressComesBack(StoreSubject subject) {
    StoredTree tree = stored(subject, subject.dialog(), kinds(subject).getFirst());
    byte[] hash = tree.archive().storePath("name").digest();
    PathInfo.Builder pathInfo = PathInfos.plain(tree, hash);
    pathInfo
        .getNarinfoBuilder()
        .getCaBuilder()
        .setType(NARInfo.CA.Hash.NAR_SHA256)
        .setDigest(ByteString.copyFrom(tree.archive().sha256()));
    wantBack(subject, hash, pathInfo.build());
  }

  private static void wantBack(StoreSubject subject, byte[] hash, PathInfo pathInfo) {
    Dialog dialog = subject.dialog();
    PathInfos.wantPut(dialog, pathInfo);
    PathInfos.wantBack(dialog, hash, pathInfo);
  }

  @Checks("PIN-2")
  @Needs("durable-store")
  void whatWasPutOutlivesTheServer(StoreSubject subject) {
    if (!subject.canRestart()) {
      subject.skip("the services are none that the kit has started, so it cannot end them");
    }
    Dialog dialog = subject.dialog();
    StoredTree tree = stored(subject, dialog, kinds(subject).getFirst());
    byte[] hash = PathInfos.hash(subject.random());
    PathInfo pathInfo = PathInfos.full(tree, hash, subject.random()).build();
    PathInfos.wantPut(dialog, pathInfo);
    subject.restart(() -> {});
    Dialog again = subject.dialog().note("(Puts; the services are killed and started again)");
    PathInfos.wantBack(again, hash, pathInfo);
    again.want(
        "Get of the root directory",
        Directories.get(again, tree.directories().getLast().digest(), false),
        Directories.directory(tree.directories().getLast()));
    tree.blobs().values().forEach(content -> Blobs.wantContent(again, content));
  }

  @Checks("PIN-5")
  void everyPathInfoIsListedOnce(StoreSubject subject) {
    Map<String, PathInfo> put = putSome(subject);
    Dialog dialog = subject.dialog();
    wantListed(dialog, list(subject, dialog), put);
  }

  @Checks("PIN-5")
  void theListIsCompleteWhileOthersArePut(StoreSubject subject) {
    Map<String, PathInfo> put = putSome(subject);
    Dialog dialog = subject.dialog();
    list(subject, dialog);
    StoredTree tree = stored(subject, subject.dialog(), Tree.link("during"));
    long seed = subject.random().nextLong();
    AtomicBoolean isDone = new AtomicBoolean();
    Dialog beside = subject.newConnection();
    Thread puts =
        Thread.startVirtualThread(() -> {
          java.util.Random random = new java.util.Random(seed);
          for (int i = 0; i < 500 && !isDone.get(); i++) {
            beside
                .connection()
                .call(
                    StoreMethod.PATH_INFO_PUT.in(beside.names()),
                    List.of(PathInfos.plain(tree, PathInfos.hash(random)).build().toByteArray())
                        .iterator(),
                    subject.deadline());
          }
        });
    try {
      for (int i = 0; i < LISTS; i++) {
        Dialog one = subject.dialog().note("(while path infos are put on another connection)");
        wantListed(one, list(subject, one), put);
      }
    } finally {
      isDone.set(true);
      join(puts);
    }
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
    StoredTree tree = stored(subject, subject.dialog(), Tree.link("listed"));
    Map<String, PathInfo> put = new HashMap<>();
    for (int i = 0; i < LISTED; i++) {
      byte[] hash = PathInfos.hash(subject.random());
      PathInfo pathInfo = PathInfos.full(tree, hash, subject.random()).build();
      PathInfos.wantPut(subject.dialog(), pathInfo);
      put.put(PathInfos.basename(hash, "name"), pathInfo);
    }
    return put;
  }

  private static Reply list(StoreSubject subject, Dialog dialog) {
    Reply reply = dialog.call(StoreMethod.PATH_INFO_LIST, new byte[0]);
    if (reply.code() == Status.Code.UNIMPLEMENTED) {
      subject.skip("the service has no List, which not every service can have");
    }
    if (reply.isCutOff()) {
      subject.skip("the service lists more than the kit takes");
    }
    dialog.want("List", reply, AllowedReply.status(Status.Code.OK));
    return reply;
  }

  private static void wantListed(Dialog dialog, Reply reply, Map<String, PathInfo> put) {
    Map<String, PathInfo> seen = new HashMap<>();
    for (byte[] message : reply.messages()) {
      PathInfo pathInfo = parsed(dialog, message);
      String name = name(dialog, pathInfo);
      if (seen.put(name, pathInfo) != null) {
        throw dialog.mismatch("List has each path info once", name + " more than once");
      }
    }
    put.forEach((name, wanted) -> {
      PathInfo listed = seen.get(name);
      if (listed == null) {
        throw dialog.mismatch(
            "List has every path info that was put before",
            seen.size() + " path infos, without " + name);
      }
      PathInfos.difference(wanted, listed)
          .ifPresent(text -> {
            throw dialog.mismatch(
                "List has path infos as they were put, with at most more signatures",
                "of " + name + " " + text);
          });
    });
  }

  private static PathInfo parsed(Dialog dialog, byte[] message) throws Mismatch {
    try {
      return PathInfo.parseFrom(message);
    } catch (InvalidProtocolBufferException e) {
      throw dialog.mismatch("List has path infos", "a message that is no PathInfo");
    }
  }

  private static String name(Dialog dialog, PathInfo pathInfo) throws Mismatch {
    var entry = pathInfo.getEntry();
    return switch (entry.getEntryCase()) {
      case DIRECTORY -> entry.getDirectory().getName().toStringUtf8();
      case FILE -> entry.getFile().getName().toStringUtf8();
      case SYMLINK -> entry.getSymlink().getName().toStringUtf8();
      case ENTRY_NOT_SET -> throw dialog.mismatch("List has path infos", "one without a node");
    };
  }
}
