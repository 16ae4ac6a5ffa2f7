package io.github.storeproof.conformance.cases.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.storeproof.conformance.oracle.AllowedReply;
import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.store.Reply;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureInstaller;
import io.github.storeproof.fixtures.FixtureSink;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryCodec;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.proto.castore.v1.CastoreProto;
import io.github.storeproof.proto.castore.v1.DirectoryServiceProto.GetDirectoryRequest;
import io.github.storeproof.proto.castore.v1.DirectoryServiceProto.PutDirectoryResponse;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Calls of a directory service, and what correct services answer.
final class Directories {
  private Directories() {}

  /// The directories of a tree, from the leaves to the root.
  static List<Directory> of(Tree.Dir tree, SizeRule rule) {
    List<Directory> directories = new ArrayList<>();
    FixtureInstaller.push(
        Fixture.of("tree", "tree", tree),
        rule,
        new FixtureSink<RuntimeException>() {
          @Override
          public void blob(Content content, B3Digest digest) {}

          @Override
          public void directory(Directory directory) {
            directories.add(directory);
          }

          @Override
          public void root(StorePath path, Node node) {}
        });
    return directories;
  }

  static DirectoryNode node(Directory directory, SizeRule rule) {
    return new DirectoryNode(directory.digest(), directory.size(rule));
  }

  static List<byte[]> messages(List<Directory> directories) {
    return directories.stream().map(DirectoryCodec::encode).toList();
  }

  static byte[] request(byte[] digest, boolean isRecursive) {
    return GetDirectoryRequest.newBuilder()
        .setDigest(ByteString.copyFrom(digest))
        .setRecursive(isRecursive)
        .build()
        .toByteArray();
  }

  static Reply get(Dialog dialog, B3Digest digest, boolean isRecursive) {
    return dialog.call(StoreMethod.DIRECTORY_GET, request(digest.toBytes(), isRecursive));
  }

  /// Puts directories, the root last, which must succeed.
  static B3Digest put(Dialog dialog, List<Directory> directories) {
    B3Digest root = directories.getLast().digest();
    dialog.want(
        "Put of " + directories.size() + " directories from the leaves to the root",
        dialog.call(StoreMethod.DIRECTORY_PUT, messages(directories)),
        root(root));
    return root;
  }

  /// Success with the digest of the root.
  static AllowedReply root(B3Digest root) {
    return AllowedReply.ok(
        "OK and the digest of the root, " + root,
        reply -> {
          if (reply.messages().size() != 1) {
            return Optional.of("OK and " + reply.messages().size() + " messages");
          }
          try {
            byte[] seen =
                PutDirectoryResponse.parseFrom(reply.messages().getFirst())
                    .getRootDigest()
                    .toByteArray();
            return Arrays.equals(seen, root.toBytes())
                ? Optional.empty()
                : Optional.of("OK and " + Digests.words(seen));
          } catch (InvalidProtocolBufferException e) {
            return Optional.of("OK and a message that is no PutDirectoryResponse");
          }
        });
  }

  /// Success with this directory and no other.
  static AllowedReply directory(Directory directory) {
    byte[] wanted = DirectoryCodec.encode(directory);
    return AllowedReply.ok(
        "OK and the directory that was put",
        reply ->
            reply.messages().size() != 1
                ? Optional.of("OK and " + reply.messages().size() + " messages")
                : difference(wanted, reply.messages().getFirst()));
  }

  private static Optional<String> difference(byte[] wanted, byte[] message) {
    Optional<byte[]> canonical = canonical(message);
    return canonical.isEmpty()
        ? Optional.of("OK and a message that is no Directory")
        : Digests.difference(wanted, canonical.get()).map(text -> "OK and another: " + text);
  }

  /// The canonical form of a message, whose fields may come in any order; empty when it is none.
  static Optional<byte[]> canonical(byte[] message) {
    try {
      return Optional.of(CastoreProto.Directory.parseFrom(message).toByteArray());
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  /// Nothing of that digest is there.
  static void wantNothing(Dialog dialog, String what, B3Digest digest) {
    dialog.want(
        "Get of " + what, get(dialog, digest, false), AllowedReply.status(Status.Code.NOT_FOUND));
  }
}
