package io.github.storeproof.conformance.cases.store;

import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.model.Directory;
import io.github.storeproof.proto.store.v1.PathInfoProto.PathInfo;
import java.util.List;

/// What was put on one connection is there on another as soon as Put has returned.
class OtherConnectionCases {
  private static final int SIZE_BYTES = 1000;

  @Checks("BLOB-2")
  void aBlobIsThereForOthers(StoreSubject subject) {
    byte[] content = Blobs.random(subject.random(), SIZE_BYTES);
    Blobs.put(subject.dialog(), content);
    Dialog other = other(subject);
    other.want(
        "Read of " + SIZE_BYTES + " bytes on another connection than their Put",
        other.call(StoreMethod.BLOB_READ, Blobs.readRequest(Blake3.hash(content).toBytes())),
        Blobs.content(content));
  }

  @Checks("DSV-1")
  void aTreeIsThereForOthers(StoreSubject subject) {
    List<Directory> tree = Corners.threeLevels(2, subject.sizeRule(), subject.random());
    Directories.put(subject.dialog(), tree);
    Dialog other = other(subject);
    other.want(
        "Get of a root on another connection than its Put",
        Directories.get(other, tree.getLast().digest(), false),
        Directories.directory(tree.getLast()));
  }

  @Checks("PIN-2")
  void aPathInfoIsThereForOthers(StoreSubject subject) {
    byte[] hash = PathInfos.hash(subject.random());
    PathInfo pathInfo =
        PathInfos.plain(StoredTree.of(Tree.link("for others"), subject.sizeRule()), hash).build();
    PathInfos.wantPut(subject.dialog(), pathInfo);
    Dialog other = other(subject);
    other.want(
        "Get of a path info on another connection than its Put",
        PathInfos.get(other, hash),
        PathInfos.same(pathInfo));
  }

  private static Dialog other(StoreSubject subject) {
    return subject.newConnection().note("(Put on another connection)");
  }
}
