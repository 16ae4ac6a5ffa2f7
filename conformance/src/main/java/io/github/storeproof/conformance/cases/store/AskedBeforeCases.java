package io.github.storeproof.conformance.cases.store;

import io.github.storeproof.conformance.oracle.AllowedReply;
import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.model.Directory;
import io.github.storeproof.proto.store.v1.PathInfoProto.PathInfo;
import io.grpc.Status;
import java.util.List;

/// Things that are asked for before they are put, as every client does that copies only what is missing. That something
/// was not there is forgotten when it comes.
class AskedBeforeCases {
  private static final int SIZE_BYTES = 1000;

  @Checks("BLOB-2")
  void aBlobThatWasAskedForBeforeIsThere(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    AllowedReply missing = AllowedReply.status(Status.Code.NOT_FOUND);
    byte[] content = Blobs.random(subject.random(), SIZE_BYTES);
    byte[] digest = Blake3.hash(content).toBytes();
    for (boolean sendsChunks : new boolean[] {false, true}) {
      dialog.want(
          "Stat of a blob that was not put yet",
          dialog.call(StoreMethod.BLOB_STAT, Blobs.statRequest(digest, sendsChunks)),
          missing);
    }
    dialog.want(
        "Read of a blob that was not put yet",
        dialog.call(StoreMethod.BLOB_READ, Blobs.readRequest(digest)),
        missing);
    Blobs.put(dialog, content);
    for (boolean sendsChunks : new boolean[] {false, true}) {
      dialog.want(
          "Stat of a blob that was asked for before its Put",
          dialog.call(StoreMethod.BLOB_STAT, Blobs.statRequest(digest, sendsChunks)),
          AllowedReply.status(Status.Code.OK));
    }
    dialog.want(
        "Read of a blob that was asked for before its Put",
        dialog.call(StoreMethod.BLOB_READ, Blobs.readRequest(digest)),
        Blobs.content(content));
  }

  @Checks("DSV-1")
  void aTreeThatWasAskedForBeforeIsThere(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    List<Directory> tree = Corners.threeLevels(2, subject.sizeRule(), subject.random());
    Directory root = tree.getLast();
    Directories.wantNothing(dialog, "a root that was not put yet", root.digest());
    dialog.want(
        "recursive Get of a root that was not put yet",
        Directories.get(dialog, root.digest(), true),
        DirectoryCases.nothing());
    Directories.put(dialog, tree);
    dialog.want(
        "Get of a root that was asked for before its Put",
        Directories.get(dialog, root.digest(), false),
        Directories.directory(root));
    dialog.want(
        "recursive Get of a root that was asked for before its Put",
        Directories.get(dialog, root.digest(), true),
        RecursiveGetCases.all(tree));
  }

  @Checks("PIN-2")
  void aPathInfoThatWasAskedForBeforeIsThere(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    byte[] hash = PathInfos.hash(subject.random());
    StoredTree tree = StoredTree.of(Tree.link("asked for before"), subject.sizeRule());
    PathInfo pathInfo = PathInfos.plain(tree, hash).build();
    dialog.want(
        "Get of a path info that was not put yet",
        PathInfos.get(dialog, hash),
        AllowedReply.status(Status.Code.NOT_FOUND));
    PathInfos.wantPut(dialog, pathInfo);
    dialog.want(
        "Get of a path info that was asked for before its Put",
        PathInfos.get(dialog, hash),
        PathInfos.same(pathInfo));
  }

  @Checks("PIN-4")
  void anArchiveThatWasAskedForBeforeIsThere(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    Content content = Content.ofBytes(Blobs.random(subject.random(), SIZE_BYTES));
    StoredTree tree = StoredTree.of(Tree.dir().plain("file", content).build(), subject.sizeRule());
    AllowedReply refused = AllowedReply.refusal("an error");
    dialog.want(
        "CalculateNAR of a tree that was not put yet", NarCases.calculate(dialog, tree), refused);
    tree.putDirectories(dialog);
    dialog.want(
        "CalculateNAR of a tree whose blob was not put yet",
        NarCases.calculate(dialog, tree),
        refused);
    tree.putBlobs(dialog);
    dialog.want(
        "CalculateNAR of a tree that was asked for before its Put",
        NarCases.calculate(dialog, tree),
        NarCases.archive(tree.archive()));
  }
}
