package io.github.storeproof.conformance.cases.store;

import com.google.protobuf.ByteString;
import io.github.storeproof.conformance.oracle.AllowedReply;
import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.oracle.Mismatch;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Should;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.proto.store.v1.PathInfoProto.NARInfo;
import io.github.storeproof.proto.store.v1.PathInfoProto.PathInfo;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Put of path infos that break a rule of [InvalidPathInfos].
class InvalidPathInfoCases {

  @Checks("PIN-3")
  void everyFieldIsChecked(StoreSubject subject) {
    judge(subject, InvalidPathInfos.malformed(subject), AllowedReply.refusal("an error"));
  }

  @Checks("PIN-3")
  @Should
  void theStatusSaysThatTheArgumentIsInvalid(StoreSubject subject) {
    judge(
        subject,
        InvalidPathInfos.malformed(subject),
        AllowedReply.status(Status.Code.INVALID_ARGUMENT));
  }

  @Checks("PIN-6")
  void fieldsThatContradictOrBreakALineAreRefused(StoreSubject subject) {
    judge(subject, InvalidPathInfos.hostile(subject), AllowedReply.refusal("an error"));
  }

  /// What a service that knows the content could see.
  @Checks("PIN-6")
  @Should
  void whatDisagreesWithTheContentIsRefused(StoreSubject subject) {
    Map<String, PathInfo> table = new LinkedHashMap<>();
    Dialog dialog = subject.dialog();
    StoredTree tree =
        StoredTree.of(
                Tree.plain(Content.ofBytes(Blobs.random(subject.random(), 50))), subject.sizeRule())
            .putBlobs(dialog);
    table.put("the nar_size of another content", plain(subject, tree, info -> info.setNarSize(1)));
    table.put(
        "the nar_sha256 of another content",
        plain(subject, tree, info -> info.setNarSha256(ByteString.copyFrom(new byte[32]))));
    table.put(
        "a content address that leads to another path",
        plain(
            subject,
            tree,
            info ->
                info.getCaBuilder()
                    .setType(NARInfo.CA.Hash.NAR_SHA256)
                    .setDigest(ByteString.copyFrom(tree.archive().sha256()))));
    judge(subject, table, AllowedReply.refusal("an error"));
  }

  /// The name of a key is a part of a line too.
  @Checks("PIN-6")
  void keyNamesThatBreakALineAreRefused(StoreSubject subject) {
    judge(subject, signedBy(subject, "a\nSig: x", "a\rb", "a\n"), AllowedReply.refusal("an error"));
  }

  /// What is behind the first colon is the signature.
  @Checks("PIN-6")
  @Should
  void keyNamesThatEndTooEarlyAreRefused(StoreSubject subject) {
    judge(subject, signedBy(subject, "", "a:b"), AllowedReply.refusal("an error"));
  }

  private static Map<String, PathInfo> signedBy(StoreSubject subject, String... keyNames) {
    StoredTree tree = StoredTree.of(Tree.link("target"), subject.sizeRule());
    Map<String, PathInfo> table = new LinkedHashMap<>();
    for (String keyName : keyNames) {
      String shown = keyName.replace("\n", "\\n").replace("\r", "\\r");
      table.put(
          "a signature of the key \"" + shown + "\"",
          plain(
              subject,
              tree,
              info -> info.addSignatures(PathInfos.signature(keyName, subject.random()))));
    }
    return table;
  }

  private static PathInfo plain(
      StoreSubject subject, StoredTree tree, java.util.function.Consumer<NARInfo.Builder> change) {
    PathInfo.Builder info = PathInfos.plain(tree, PathInfos.hash(subject.random()));
    change.accept(info.getNarinfoBuilder());
    return info.build();
  }

  /// All are tried; the first that is taken is shown, and the others are named.
  private static void judge(
      StoreSubject subject, Map<String, PathInfo> table, AllowedReply allowed) {
    List<String> others = new ArrayList<>();
    Mismatch first = null;
    for (Map.Entry<String, PathInfo> one : table.entrySet()) {
      try {
        Dialog dialog = subject.dialog();
        dialog.want(
            "Put of a path info with " + one.getKey(),
            PathInfos.put(dialog, one.getValue()),
            allowed);
      } catch (Mismatch mismatch) {
        if (first == null) {
          first = mismatch;
        } else {
          others.add(one.getKey());
        }
      }
    }
    if (first != null) {
      throw others.isEmpty()
          ? first
          : first.hint("The same holds for: " + String.join(", ", others));
    }
  }
}
