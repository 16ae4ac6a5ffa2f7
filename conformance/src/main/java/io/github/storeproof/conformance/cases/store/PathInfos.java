package io.github.storeproof.conformance.cases.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.storeproof.conformance.oracle.AllowedReply;
import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.store.PathInfoDifference;
import io.github.storeproof.conformance.store.Reply;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.model.NixBase32;
import io.github.storeproof.proto.store.v1.PathInfoProto.NARInfo;
import io.github.storeproof.proto.store.v1.PathInfoProto.NARInfo.Signature;
import io.github.storeproof.proto.store.v1.PathInfoProto.PathInfo;
import io.github.storeproof.proto.store.v1.PathInfoProto.StorePath;
import io.github.storeproof.proto.store.v1.PathInfoServiceProto.GetPathInfoRequest;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Calls of a path info service, and what correct services answer.
final class PathInfos {
  static final int HASH_BYTES = 20;
  private static final int SIGNATURE_BYTES = 64;

  private PathInfos() {}

  /// A hash that no other case has.
  static byte[] hash(Random random) {
    byte[] hash = new byte[HASH_BYTES];
    random.nextBytes(hash);
    return hash;
  }

  static String basename(byte[] hash, String name) {
    return NixBase32.encode(hash) + '-' + name;
  }

  /// A path info that says the truth of a stored tree, with all fields but a content address. References are in the
  /// order of their names; one is its own.
  static PathInfo.Builder full(StoredTree tree, byte[] hash, Random random) {
    byte[] other = hash(random);
    boolean isFirst = basename(other, "").compareTo(basename(hash, "")) < 0;
    byte[] first = isFirst ? other : hash;
    byte[] second = isFirst ? hash : other;
    PathInfo.Builder pathInfo = plain(tree, hash);
    pathInfo
        .addReferences(ByteString.copyFrom(first))
        .addReferences(ByteString.copyFrom(second))
        .getNarinfoBuilder()
        .addReferenceNames(basename(first, "name"))
        .addReferenceNames(basename(second, "name"))
        .addSignatures(signature("key-1", random))
        .addSignatures(signature("key-2", random))
        .setDeriver(
            StorePath.newBuilder()
                .setName("deriver-1.0")
                .setDigest(ByteString.copyFrom(hash(random))));
    return pathInfo;
  }

  /// A signature of nothing.
  static Signature signature(String keyName, Random random) {
    byte[] signature = new byte[SIGNATURE_BYTES];
    random.nextBytes(signature);
    return Signature.newBuilder().setName(keyName).setData(ByteString.copyFrom(signature)).build();
  }

  /// The least that a path info says.
  static PathInfo.Builder plain(StoredTree tree, byte[] hash) {
    return PathInfo.newBuilder()
        .setEntry(tree.entry(basename(hash, "name")))
        .setNarinfo(
            NARInfo.newBuilder()
                .setNarSize(tree.archive().sizeBytes())
                .setNarSha256(ByteString.copyFrom(tree.archive().sha256())));
  }

  static byte[] request(byte[] hash) {
    return GetPathInfoRequest.newBuilder()
        .setByOutputHash(ByteString.copyFrom(hash))
        .build()
        .toByteArray();
  }

  static Reply get(Dialog dialog, byte[] hash) {
    return dialog.call(StoreMethod.PATH_INFO_GET, request(hash));
  }

  static Reply put(Dialog dialog, PathInfo pathInfo) {
    return dialog.call(StoreMethod.PATH_INFO_PUT, pathInfo.toByteArray());
  }

  /// Puts path infos side by side.
  static List<Reply> putAtOnce(Dialog dialog, List<PathInfo> pathInfos) {
    return AtOnce.all(
        pathInfos.size(),
        i ->
            dialog
                .start(StoreMethod.PATH_INFO_PUT)
                .send(List.of(pathInfos.get(i).toByteArray()).iterator())
                .halfClose()
                .end());
  }

  /// Puts a path info, which must succeed.
  static void wantPut(Dialog dialog, PathInfo pathInfo) {
    dialog.want("Put of a path info", put(dialog, pathInfo), same(pathInfo));
  }

  /// Gets a path info, which must be this one.
  static void wantBack(Dialog dialog, byte[] hash, PathInfo pathInfo) {
    dialog.want("Get of the path info", get(dialog, hash), same(pathInfo));
  }

  /// Success with this path info, to which signatures may have been added.
  static AllowedReply same(PathInfo wanted) {
    return AllowedReply.ok(
        "OK and the path info that was put, with at most more signatures",
        reply -> {
          if (reply.messages().size() != 1) {
            return Optional.of("OK and " + reply.messages().size() + " messages");
          }
          try {
            return PathInfoDifference.between(
                    wanted, PathInfo.parseFrom(reply.messages().getFirst()))
                .map(text -> "OK and " + text);
          } catch (InvalidProtocolBufferException e) {
            return Optional.of("OK and a message that is no PathInfo");
          }
        });
  }
}
