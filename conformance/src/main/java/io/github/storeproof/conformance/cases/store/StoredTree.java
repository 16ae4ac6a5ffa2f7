package io.github.storeproof.conformance.cases.store;

import com.google.protobuf.ByteString;
import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureInstaller;
import io.github.storeproof.fixtures.FixtureSink;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.fixtures.TreeArchive;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryCodec;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.proto.castore.v1.CastoreProto.DirectoryEntry;
import io.github.storeproof.proto.castore.v1.CastoreProto.Entry;
import io.github.storeproof.proto.castore.v1.CastoreProto.FileEntry;
import io.github.storeproof.proto.castore.v1.CastoreProto.SymlinkEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A tree, as a store keeps it. *Immutable* once it was made.
final class StoredTree {
  private final TreeArchive archive;
  private final Map<B3Digest, byte[]> blobs = new LinkedHashMap<>();
  private final List<Directory> directories = new ArrayList<>();
  private @Nullable Node node;

  private StoredTree(Tree tree) {
    this.archive = TreeArchive.of(tree);
  }

  /// A tree that is not stored yet.
  static StoredTree of(Tree tree, SizeRule rule) {
    StoredTree stored = new StoredTree(tree);
    FixtureInstaller.push(
        Fixture.of("tree", "tree", tree),
        rule,
        new FixtureSink<RuntimeException>() {
          @Override
          public void blob(Content content, B3Digest digest) {
            stored.blobs.put(digest, content.slice(0, (int) content.size()));
          }

          @Override
          public void directory(Directory directory) {
            stored.directories.add(directory);
          }

          @Override
          public void root(StorePath path, Node root) {
            stored.node = root;
          }
        });
    return stored;
  }

  TreeArchive archive() {
    return archive;
  }

  Map<B3Digest, byte[]> blobs() {
    return blobs;
  }

  List<Directory> directories() {
    return directories;
  }

  /// Stores its blobs.
  StoredTree putBlobs(Dialog dialog) {
    blobs.forEach((digest, content) ->
        dialog.want(
            "Put of a blob of the tree",
            dialog.call(StoreMethod.BLOB_PUT, Blobs.messages(content)),
            Blobs.digest(digest)));
    return this;
  }

  /// Stores its directories.
  StoredTree putDirectories(Dialog dialog) {
    if (!directories.isEmpty()) {
      dialog.want(
          "Put of the tree's directories",
          dialog.call(
              StoreMethod.DIRECTORY_PUT, directories.stream().map(DirectoryCodec::encode).toList()),
          Directories.root(directories.getLast().digest()));
    }
    return this;
  }

  /// Its root under a name, which is empty where there is none.
  Entry entry(String name) {
    ByteString bytes = ByteString.copyFromUtf8(name);
    Entry.Builder entry = Entry.newBuilder();
    switch (Objects.requireNonNull(node)) {
      case DirectoryNode(B3Digest digest, long size) ->
          entry.setDirectory(
              DirectoryEntry.newBuilder().setName(bytes).setDigest(of(digest)).setSize(size));
      case FileNode(B3Digest digest, long size, boolean executable) ->
          entry.setFile(
              FileEntry.newBuilder()
                  .setName(bytes)
                  .setDigest(of(digest))
                  .setSize(size)
                  .setExecutable(executable));
      case SymlinkNode(var target) ->
          entry.setSymlink(
              SymlinkEntry.newBuilder()
                  .setName(bytes)
                  .setTarget(ByteString.copyFrom(target.toBytes())));
    }
    return entry.build();
  }

  private static ByteString of(B3Digest digest) {
    return ByteString.copyFrom(digest.toBytes());
  }
}
