package io.github.storeproof.conformance.cases.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.storeproof.conformance.oracle.AllowedReply;
import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.store.Reply;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.model.NixBase32;
import io.github.storeproof.proto.castore.v1.CastoreProto.Entry;
import io.github.storeproof.proto.store.v1.PathInfoProto.NARInfo;
import io.github.storeproof.proto.store.v1.PathInfoProto.NARInfo.Signature;
import io.github.storeproof.proto.store.v1.PathInfoProto.PathInfo;
import io.github.storeproof.proto.store.v1.PathInfoProto.StorePath;
import io.github.storeproof.proto.store.v1.PathInfoServiceProto.GetPathInfoRequest;
import java.util.Arrays;
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
            return difference(wanted, PathInfo.parseFrom(reply.messages().getFirst()))
                .map(text -> "OK and " + text);
          } catch (InvalidProtocolBufferException e) {
            return Optional.of("OK and a message that is no PathInfo");
          }
        });
  }

  /// How a path info differs from what was put; empty when only signatures were added.
  static Optional<String> difference(PathInfo wanted, PathInfo seen) {
    List<Signature> signatures = wanted.getNarinfo().getSignaturesList();
    if (!seen.getNarinfo().getSignaturesList().containsAll(signatures)) {
      return Optional.of("a signature is missing or another");
    }
    return Arrays.stream(Part.values())
        .filter(part -> !part.of(wanted).equals(part.of(seen)))
        .map(part -> part.words() + " is " + part.of(seen) + ", want " + part.of(wanted))
        .findFirst();
  }

  /// The parts of a path info that come back as they were put.
  private enum Part {
    ENTRY,
    REFERENCES,
    NAR_SIZE,
    NAR_SHA256,
    REFERENCE_NAMES,
    DERIVER,
    CA;

    String words() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    String of(PathInfo pathInfo) {
      NARInfo narInfo = pathInfo.getNarinfo();
      Object value =
          switch (this) {
            case ENTRY -> entry(pathInfo.getEntry());
            case REFERENCES -> pathInfo.getReferencesList().stream().map(PathInfos::hex).toList();
            case NAR_SIZE -> narInfo.getNarSize();
            case NAR_SHA256 -> hex(narInfo.getNarSha256());
            case REFERENCE_NAMES -> narInfo.getReferenceNamesList();
            case DERIVER ->
                narInfo.hasDeriver()
                    ? narInfo.getDeriver().getName() + " " + hex(narInfo.getDeriver().getDigest())
                    : "absent";
            case CA ->
                narInfo.hasCa()
                    ? narInfo.getCa().getType() + " " + hex(narInfo.getCa().getDigest())
                    : "absent";
          };
      return String.valueOf(value);
    }

    private static String entry(Entry entry) {
      return switch (entry.getEntryCase()) {
        case DIRECTORY ->
            "directory "
                + entry.getDirectory().getName().toStringUtf8()
                + " "
                + hex(entry.getDirectory().getDigest())
                + " "
                + entry.getDirectory().getSize();
        case FILE ->
            (entry.getFile().getExecutable() ? "executable " : "file ")
                + entry.getFile().getName().toStringUtf8()
                + " "
                + hex(entry.getFile().getDigest())
                + " "
                + entry.getFile().getSize();
        case SYMLINK ->
            "symlink "
                + entry.getSymlink().getName().toStringUtf8()
                + " "
                + hex(entry.getSymlink().getTarget());
        case ENTRY_NOT_SET -> "absent";
      };
    }
  }

  private static String hex(ByteString bytes) {
    return java.util.HexFormat.of().formatHex(bytes.toByteArray());
  }
}
