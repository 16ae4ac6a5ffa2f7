package io.github.storeproof.store.pathinfo;

import com.google.protobuf.ByteString;
import io.github.storeproof.model.CaHash;
import io.github.storeproof.model.ContentAddress;
import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.model.NarInfo;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.model.Sha256Digest;
import io.github.storeproof.model.Signature;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.model.Violation;
import io.github.storeproof.proto.castore.v1.CastoreProto.Entry;
import io.github.storeproof.proto.store.v1.PathInfoProto;
import io.github.storeproof.proto.store.v1.PathInfoProto.NARInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Path infos as messages, and back.
public final class PathInfoMessages {
  private PathInfoMessages() {}

  /// The message of a path info.
  public static PathInfoProto.PathInfo messageOf(PathInfo pathInfo) {
    PathInfoProto.PathInfo.Builder message =
        PathInfoProto.PathInfo.newBuilder()
            .setEntry(
                EntryMessages.messageOf(
                    ByteString.copyFromUtf8(pathInfo.path().basename()), pathInfo.node()));
    for (StorePath reference : pathInfo.references()) {
      message.addReferences(ByteString.copyFrom(reference.digest()));
    }
    return message.setNarinfo(narInfoMessage(pathInfo)).build();
  }

  /// The node that a message is, whatever its name.
  ///
  /// @throws InvalidDataException when it is none
  public static Node nodeOf(Entry message) {
    return EntryMessages.nodeOf(message);
  }

  private static NARInfo narInfoMessage(PathInfo pathInfo) {
    NarInfo narInfo = pathInfo.narInfo();
    NARInfo.Builder message =
        NARInfo.newBuilder()
            .setNarSize(narInfo.narSize())
            .setNarSha256(ByteString.copyFrom(narInfo.narSha256().toBytes()));
    for (Signature signature : narInfo.signatures()) {
      message.addSignatures(
          NARInfo.Signature.newBuilder()
              .setName(signature.keyName())
              .setData(ByteString.copyFrom(signature.toBytes())));
    }
    pathInfo.references().forEach(reference -> message.addReferenceNames(reference.basename()));
    narInfo
        .deriver()
        .ifPresent(deriver ->
            message.setDeriver(
                PathInfoProto.StorePath.newBuilder()
                    .setName(deriver.name())
                    .setDigest(ByteString.copyFrom(deriver.digest()))));
    narInfo
        .contentAddress()
        .ifPresent(address ->
            message.setCa(
                NARInfo.CA
                    .newBuilder()
                    .setTypeValue(address.hash().number())
                    .setDigest(ByteString.copyFrom(address.digest()))));
    return message.build();
  }

  /// The path info that a message is.
  ///
  /// @throws InvalidDataException when it is none
  public static PathInfo pathInfoOf(PathInfoProto.PathInfo message) {
    String basename =
        EntryMessages.nameOf(message.getEntry()).toString(StandardCharsets.ISO_8859_1);
    if (!message.hasNarinfo()) {
      throw new InvalidDataException(
          Violation.WIRE_FIELD_MISSING, "path info of " + basename + " has no narinfo, want one");
    }
    return new PathInfo(
        StorePath.parse(basename),
        EntryMessages.nodeOf(message.getEntry()),
        references(message),
        narInfo(message.getNarinfo()));
  }

  private static List<StorePath> references(PathInfoProto.PathInfo message) {
    int count = message.getReferencesCount();
    if (message.getNarinfo().getReferenceNamesCount() != count) {
      throw new InvalidDataException(
          Violation.WIRE_FIELD_MISSING,
          "path info has %d names of references, want %d"
              .formatted(message.getNarinfo().getReferenceNamesCount(), count));
    }
    List<StorePath> references = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      StorePath reference = StorePath.parse(message.getNarinfo().getReferenceNames(i));
      if (!Arrays.equals(reference.digest(), message.getReferences(i).toByteArray())) {
        throw new InvalidDataException(
            Violation.DIGEST_LENGTH,
            "reference " + i + " is named " + reference + ", want the name of its digest");
      }
      references.add(reference);
    }
    return references;
  }

  private static NarInfo narInfo(NARInfo message) {
    List<Signature> signatures = new ArrayList<>();
    for (NARInfo.Signature signature : message.getSignaturesList()) {
      signatures.add(Signature.of(signature.getName(), signature.getData().toByteArray()));
    }
    return new NarInfo(
        message.getNarSize(),
        Sha256Digest.of(message.getNarSha256().toByteArray()),
        signatures,
        message.hasDeriver()
            ? Optional.of(
                StorePath.of(
                    message.getDeriver().getDigest().toByteArray(), message.getDeriver().getName()))
            : Optional.empty(),
        message.hasCa()
            ? Optional.of(
                ContentAddress.of(
                    CaHash.ofNumber(message.getCa().getTypeValue()),
                    message.getCa().getDigest().toByteArray()))
            : Optional.empty());
  }
}
