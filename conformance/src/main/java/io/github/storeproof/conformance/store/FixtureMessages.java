package io.github.storeproof.conformance.store;

import com.google.protobuf.ByteString;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.fixtures.TreeArchive;
import io.github.storeproof.fixtures.profile.GeneratedPath;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.NarInfo;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.Signature;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.proto.castore.v1.CastoreProto.DirectoryEntry;
import io.github.storeproof.proto.castore.v1.CastoreProto.Entry;
import io.github.storeproof.proto.castore.v1.CastoreProto.FileEntry;
import io.github.storeproof.proto.castore.v1.CastoreProto.SymlinkEntry;
import io.github.storeproof.proto.store.v1.PathInfoProto;
import io.github.storeproof.proto.store.v1.PathInfoProto.NARInfo;
import io.github.storeproof.proto.store.v1.PathInfoProto.PathInfo;

/// Store paths of fixtures as the messages that services exchange.
final class FixtureMessages {
  private static final int SHA256_BYTES = 32;

  private FixtureMessages() {}

  /// The path info of a tree.
  static PathInfo pathInfo(StorePath path, Node node, Tree tree) {
    TreeArchive archive = TreeArchive.of(tree);
    return pathInfo(path, node, archive.sizeBytes(), archive.sha256());
  }

  /// A path info of a node that no fixture has, with a NAR that nobody looks at.
  static PathInfo pathInfo(StorePath path, Node node) {
    return pathInfo(path, node, 1, new byte[SHA256_BYTES]);
  }

  /// The path info of a generated path.
  ///
  /// @param node its root node by the rule of the store
  static PathInfo pathInfo(GeneratedPath generated, Node node) {
    NarInfo nar = generated.snix().narInfo();
    NARInfo.Builder message =
        NARInfo.newBuilder()
            .setNarSize(nar.narSize())
            .setNarSha256(ByteString.copyFrom(nar.narSha256().toBytes()));
    for (Signature signature : nar.signatures()) {
      message.addSignatures(
          NARInfo.Signature.newBuilder()
              .setName(signature.keyName())
              .setData(ByteString.copyFrom(signature.toBytes())));
    }
    nar.deriver()
        .ifPresent(deriver ->
            message.setDeriver(
                PathInfoProto.StorePath.newBuilder()
                    .setName(deriver.name())
                    .setDigest(ByteString.copyFrom(deriver.digest()))));
    nar.contentAddress()
        .ifPresent(address ->
            message.setCa(
                NARInfo.CA
                    .newBuilder()
                    .setTypeValue(address.hash().number())
                    .setDigest(ByteString.copyFrom(address.digest()))));
    PathInfo.Builder pathInfo =
        PathInfo.newBuilder()
            .setEntry(entry(ByteString.copyFromUtf8(generated.path().basename()), node));
    for (StorePath reference : generated.snix().references()) {
      pathInfo.addReferences(ByteString.copyFrom(reference.digest()));
      message.addReferenceNames(reference.basename());
    }
    return pathInfo.setNarinfo(message).build();
  }

  private static PathInfo pathInfo(StorePath path, Node node, long narBytes, byte[] narSha256) {
    return PathInfo.newBuilder()
        .setEntry(entry(ByteString.copyFromUtf8(path.basename()), node))
        .setNarinfo(
            NARInfo.newBuilder().setNarSize(narBytes).setNarSha256(ByteString.copyFrom(narSha256)))
        .build();
  }

  private static Entry entry(ByteString name, Node node) {
    Entry.Builder entry = Entry.newBuilder();
    switch (node) {
      case DirectoryNode(B3Digest digest, long size) ->
          entry.setDirectory(
              DirectoryEntry.newBuilder().setName(name).setDigest(bytes(digest)).setSize(size));
      case FileNode(B3Digest digest, long size, boolean executable) ->
          entry.setFile(
              FileEntry.newBuilder()
                  .setName(name)
                  .setDigest(bytes(digest))
                  .setSize(size)
                  .setExecutable(executable));
      case SymlinkNode(var target) ->
          entry.setSymlink(
              SymlinkEntry.newBuilder()
                  .setName(name)
                  .setTarget(ByteString.copyFrom(target.toBytes())));
    }
    return entry.build();
  }

  static ByteString bytes(B3Digest digest) {
    return ByteString.copyFrom(digest.toBytes());
  }
}
