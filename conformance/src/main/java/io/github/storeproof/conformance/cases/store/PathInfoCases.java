package io.github.storeproof.conformance.cases.store;

import com.google.protobuf.ByteString;
import io.github.storeproof.conformance.oracle.AllowedReply;
import io.github.storeproof.conformance.oracle.Dialog;
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
import java.util.List;
import java.util.stream.Stream;

/// Put and Get of path infos.
class PathInfoCases {
  private static final int[] WRONG_LENGTHS = {0, 1, 19, 21, 32, 33};
  private static final int LARGE_BYTES = 1_500_000;
  private static final int AT_ONCE = 16;

  /// A tree of each kind, which no other case has.
  static List<Tree> kinds(StoreSubject subject) {
    Content content = Content.ofBytes(Blobs.random(subject.random(), 100));
    String target = "target-" + subject.random().nextLong();
    return List.of(
        Tree.dir().plain("file", content).executable("program", content).link("l", target).build(),
        Tree.plain(content),
        Tree.executable(content),
        Tree.link(target),
        Tree.plain(Content.ofBytes(new byte[0])));
  }

  static StoredTree stored(StoreSubject subject, Dialog dialog, Tree tree) {
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
    Content large = Content.ofBytes(Blobs.random(subject.random(), LARGE_BYTES));
    Tree below = Tree.dir().add("below", kinds(subject).getFirst()).plain("large", large).build();
    StoredTree tree = stored(subject, dialog, below);
    byte[] hash = PathInfos.hash(subject.random());
    PathInfo pathInfo = PathInfos.full(tree, hash, subject.random()).build();
    PathInfos.wantPut(dialog, pathInfo);
    byte[] content = large.slice(0, LARGE_BYTES);
    BlobChunkCases.wantChunks(dialog, content);
    subject.restart(() -> {});
    Dialog again = subject.dialog().note("(Puts; the services are killed and started again)");
    PathInfos.wantBack(again, hash, pathInfo);
    again.want(
        "recursive Get of the root directory",
        Directories.get(again, tree.directories().getLast().digest(), true),
        RecursiveGetCases.all(tree.directories()));
    tree.blobs().values().forEach(blob -> Blobs.wantContent(again, blob));
    BlobChunkCases.wantChunks(again, content);
  }

  /// Of paths that have nothing to do with each other.
  @Checks("PIN-2")
  void putsAtOnceSucceed(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    StoredTree tree = stored(subject, dialog, kinds(subject).getFirst());
    List<byte[]> hashes =
        Stream.generate(() -> PathInfos.hash(subject.random())).limit(AT_ONCE).toList();
    List<PathInfo> pathInfos =
        hashes.stream().map(hash -> PathInfos.plain(tree, hash).build()).toList();
    dialog.note(AT_ONCE + " Puts of path infos at once");
    List<Reply> replies = PathInfos.putAtOnce(dialog, pathInfos);
    for (int i = 0; i < AT_ONCE; i++) {
      byte[] message = pathInfos.get(i).toByteArray();
      dialog.want(
          "each of " + AT_ONCE + " Puts at once",
          dialog.noted(StoreMethod.PATH_INFO_PUT, List.of(message), replies.get(i)),
          PathInfos.same(pathInfos.get(i)));
    }
    for (int i = 0; i < AT_ONCE; i++) {
      PathInfos.wantBack(dialog, hashes.get(i), pathInfos.get(i));
    }
  }
}
