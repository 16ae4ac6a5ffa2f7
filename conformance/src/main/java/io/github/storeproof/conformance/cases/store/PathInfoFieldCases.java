package io.github.storeproof.conformance.cases.store;

import com.google.protobuf.ByteString;
import io.github.storeproof.conformance.oracle.AllowedReply;
import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.store.Reply;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.model.NixBase32;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.proto.store.v1.PathInfoProto.NARInfo;
import io.github.storeproof.proto.store.v1.PathInfoProto.NARInfo.CA;
import io.github.storeproof.proto.store.v1.PathInfoProto.PathInfo;
import java.util.List;
import java.util.stream.Stream;

/// Fields of path infos at the edges of what they may be.
class PathInfoFieldCases {
  private static final int MANY_REFERENCES = 300;

  /// The longest name of a derivation has its ending besides.
  private static final int MOST_DERIVER_CHARS = 207;

  private static final List<String> NAMES =
      List.of("a", "0", "-", "A+b-c_d?e=f.g", "n".repeat(211));

  @Checks("PIN-2")
  void everyKindOfContentAddressComesBack(StoreSubject subject) {
    for (CA.Hash type : CA.Hash.values()) {
      if (type != CA.Hash.UNRECOGNIZED) {
        Dialog dialog = subject.dialog();
        Tree.File file = Tree.plain(Content.ofBytes(Blobs.random(subject.random(), 60)));
        ContentAddress address = ContentAddress.of(type, file, "name");
        StoredTree tree = StoredTree.of(file, subject.sizeRule()).putBlobs(dialog);
        PathInfo.Builder pathInfo = PathInfos.plain(tree, address.path().digest());
        pathInfo.getNarinfoBuilder().setCa(address.ca());
        wantBack(dialog, address.path().digest(), pathInfo);
      }
    }
  }

  @Checks("PIN-2")
  void namesOfAnyCharactersAndLengthsComeBack(StoreSubject subject) {
    StoredTree tree = link(subject);
    for (String name : NAMES) {
      byte[] hash = PathInfos.hash(subject.random());
      PathInfo.Builder pathInfo = PathInfos.full(tree, hash, subject.random());
      pathInfo.setEntry(tree.entry(PathInfos.basename(hash, name)));
      NARInfo.Builder narInfo = pathInfo.getNarinfoBuilder();
      for (int i = 0; i < pathInfo.getReferencesCount(); i++) {
        byte[] reference = pathInfo.getReferences(i).toByteArray();
        narInfo.setReferenceNames(i, PathInfos.basename(reference, name));
      }
      String deriver = name.substring(0, Math.min(name.length(), MOST_DERIVER_CHARS));
      narInfo.getDeriverBuilder().setName(deriver);
      wantBack(subject.dialog(), hash, pathInfo);
    }
  }

  @Checks("PIN-2")
  void manyReferencesComeBack(StoreSubject subject) {
    byte[] hash = PathInfos.hash(subject.random());
    PathInfo.Builder pathInfo = PathInfos.plain(link(subject), hash);
    Stream.generate(() -> NixBase32.encode(PathInfos.hash(subject.random())))
        .limit(MANY_REFERENCES)
        .sorted()
        .forEach(letters -> {
          pathInfo.addReferences(ByteString.copyFrom(NixBase32.decode(letters)));
          pathInfo.getNarinfoBuilder().addReferenceNames(letters + "-name");
        });
    wantBack(subject.dialog(), hash, pathInfo);
  }

  /// As the roots of store paths.
  @Checks("PIN-2")
  void targetsOfAnyBytesComeBack(StoreSubject subject) {
    Corners.targets()
        .forEach((_, target) -> {
          byte[] hash = PathInfos.hash(subject.random());
          if (target instanceof SymlinkNode link) {
            StoredTree tree = StoredTree.of(new Tree.Link(link.target()), subject.sizeRule());
            wantBack(subject.dialog(), hash, PathInfos.plain(tree, hash));
          }
        });
  }

  /// A key may have signed twice, as over references in another order.
  @Checks("PIN-2")
  void allSignaturesOfAKeyComeBack(StoreSubject subject) {
    byte[] hash = PathInfos.hash(subject.random());
    PathInfo.Builder pathInfo = PathInfos.plain(link(subject), hash);
    for (String key : List.of("key-1", "key-1", "key-2", "cache.example.org-1")) {
      pathInfo.getNarinfoBuilder().addSignatures(PathInfos.signature(key, subject.random()));
    }
    wantBack(subject.dialog(), hash, pathInfo);
  }

  /// A service that looks at the content refuses them.
  @Checks("PIN-2")
  void sizesOfAnyLengthComeBackOrAreRefused(StoreSubject subject) {
    for (long size : new long[] {(1L << 31) + 3, (1L << 32) + 5, (1L << 53) + 1}) {
      Dialog dialog = subject.dialog();
      byte[] hash = PathInfos.hash(subject.random());
      PathInfo.Builder pathInfo = PathInfos.plain(link(subject), hash);
      pathInfo.getNarinfoBuilder().setNarSize(size);
      PathInfo wanted = pathInfo.build();
      Reply put = PathInfos.put(dialog, wanted);
      dialog.want(
          "Put of a path info with nar_size " + size,
          put,
          PathInfos.same(wanted).or(AllowedReply.refusal("an error")));
      if (put.isOk()) {
        PathInfos.wantBack(dialog, hash, wanted);
      }
    }
  }

  private static StoredTree link(StoreSubject subject) {
    return StoredTree.of(Tree.link("target"), subject.sizeRule());
  }

  private static void wantBack(Dialog dialog, byte[] hash, PathInfo.Builder pathInfo) {
    PathInfo wanted = pathInfo.build();
    PathInfos.wantPut(dialog, wanted);
    PathInfos.wantBack(dialog, hash, wanted);
  }
}
