package io.github.storeproof.conformance.cases.store;

import com.google.protobuf.ByteString;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.proto.castore.v1.CastoreProto.DirectoryEntry;
import io.github.storeproof.proto.castore.v1.CastoreProto.Entry;
import io.github.storeproof.proto.castore.v1.CastoreProto.FileEntry;
import io.github.storeproof.proto.castore.v1.CastoreProto.SymlinkEntry;
import io.github.storeproof.proto.store.v1.PathInfoProto.NARInfo;
import io.github.storeproof.proto.store.v1.PathInfoProto.NARInfo.CA;
import io.github.storeproof.proto.store.v1.PathInfoProto.PathInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Path infos that no service may take, by what is wrong with them. *Confined.*
final class InvalidPathInfos {
  private final Map<String, PathInfo> table = new LinkedHashMap<>();
  private final StoreSubject subject;
  private final StoredTree tree;

  private InvalidPathInfos(StoreSubject subject) {
    this.subject = subject;
    this.tree = StoredTree.of(Tree.link("target"), subject.sizeRule());
  }

  /// Fields that have a wrong form (PIN-3).
  static Map<String, PathInfo> malformed(StoreSubject subject) {
    InvalidPathInfos infos = new InvalidPathInfos(subject);
    infos.digests();
    infos.references();
    infos.names();
    infos.nodes();
    return infos.table;
  }

  /// Fields that contradict each other, or would be two lines of a narinfo (PIN-6).
  static Map<String, PathInfo> hostile(StoreSubject subject) {
    InvalidPathInfos infos = new InvalidPathInfos(subject);
    infos.put(
        "a reference whose name has another hash",
        info -> info.setReferences(0, bytes(PathInfos.HASH_BYTES, 1)));
    for (String line : new String[] {"a\nSig: x", "a\rb", "a\n"}) {
      String shown = line.replace("\n", "\\n").replace("\r", "\\r");
      infos.put("the name " + shown, info -> infos.rename(info, line));
      infos.put(
          "the reference name " + shown,
          info ->
              info.getNarinfoBuilder()
                  .setReferenceNames(
                      0, PathInfos.basename(info.getReferences(0).toByteArray(), line)));
      infos.put(
          "the deriver name " + shown,
          info -> info.getNarinfoBuilder().getDeriverBuilder().setName(line));
    }
    return infos.table;
  }

  private void digests() {
    for (int length : new int[] {0, 31, 33}) {
      put(
          "a nar_sha256 of " + length + " bytes",
          info -> info.getNarinfoBuilder().setNarSha256(bytes(length, 2)));
    }
    for (CA.Hash type : new CA.Hash[] {CA.Hash.NAR_SHA256, CA.Hash.FLAT_SHA1, CA.Hash.NAR_SHA512}) {
      put(
          "a content address " + type + " of 31 bytes",
          info ->
              info.getNarinfoBuilder()
                  .setCa(CA.newBuilder().setType(type).setDigest(bytes(31, 3))));
    }
    put(
        "a content address without digest",
        info -> info.getNarinfoBuilder().setCa(CA.newBuilder().setType(CA.Hash.FLAT_MD5)));
    for (int length : new int[] {0, 19, 21}) {
      put(
          "a deriver with a hash of " + length + " bytes",
          info -> info.getNarinfoBuilder().getDeriverBuilder().setDigest(bytes(length, 4)));
    }
  }

  private void references() {
    for (int length : new int[] {0, 19, 21, 32}) {
      put("a reference of " + length + " bytes", info -> info.setReferences(0, bytes(length, 5)));
    }
    put("2 references and 1 name", info -> dropName(info.getNarinfoBuilder()));
    put(
        "1 reference and 2 names",
        info -> {
          ByteString first = info.getReferences(0);
          info.clearReferences().addReferences(first);
        });
    put("2 references and no name", info -> info.getNarinfoBuilder().clearReferenceNames());
    put("no reference and 2 names", PathInfo.Builder::clearReferences);
  }

  private static void dropName(NARInfo.Builder info) {
    String first = info.getReferenceNames(0);
    info.clearReferenceNames().addReferenceNames(first);
  }

  private void names() {
    for (String name : new String[] {"", "a/b", "a b", "\u00e9", "n".repeat(212)}) {
      String shown =
          name.length() > 20 ? "of " + name.length() + " characters" : "\"" + name + "\"";
      put("the name " + shown, info -> rename(info, name));
      put(
          "the reference name " + shown,
          info ->
              info.getNarinfoBuilder()
                  .setReferenceNames(
                      0, PathInfos.basename(info.getReferences(0).toByteArray(), name)));
      put(
          "the deriver name " + shown,
          info -> info.getNarinfoBuilder().getDeriverBuilder().setName(name));
    }
    put("no name at all", info -> info.setEntry(tree.entry("")));
    put("a name without hash", info -> info.setEntry(tree.entry("name")));
    put(
        "a hash with letters that are not of its alphabet",
        info -> info.setEntry(tree.entry("e".repeat(32) + "-name")));
    put("a hash of 31 letters", info -> info.setEntry(tree.entry(basename(info).substring(1))));
    put("an absolute path", info -> info.setEntry(tree.entry("/nix/store/" + basename(info))));
  }

  private static String basename(PathInfo.Builder info) {
    return info.getEntry().getSymlink().getName().toStringUtf8();
  }

  /// Another name behind the same hash.
  private void rename(PathInfo.Builder info, String name) {
    info.setEntry(tree.entry(basename(info).substring(0, 33) + name));
  }

  private void nodes() {
    put("no node", PathInfo.Builder::clearEntry);
    put("a node of no kind", info -> info.setEntry(Entry.getDefaultInstance()));
    put(
        "a file with a digest of 31 bytes",
        info ->
            info.setEntry(
                Entry.newBuilder()
                    .setFile(
                        FileEntry.newBuilder()
                            .setName(ByteString.copyFromUtf8(basename(info)))
                            .setDigest(bytes(31, 6)))));
    put(
        "a directory with a digest of 31 bytes",
        info ->
            info.setEntry(
                Entry.newBuilder()
                    .setDirectory(
                        DirectoryEntry.newBuilder()
                            .setName(ByteString.copyFromUtf8(basename(info)))
                            .setDigest(bytes(31, 6)))));
    put(
        "a symlink with an empty target",
        info ->
            info.setEntry(
                Entry.newBuilder()
                    .setSymlink(
                        SymlinkEntry.newBuilder()
                            .setName(ByteString.copyFromUtf8(basename(info))))));
  }

  private void put(String what, Consumer<PathInfo.Builder> change) {
    PathInfo.Builder info =
        PathInfos.full(tree, PathInfos.hash(subject.random()), subject.random());
    change.accept(info);
    table.put(what, info.build());
  }

  private static ByteString bytes(int length, int value) {
    byte[] bytes = new byte[length];
    java.util.Arrays.fill(bytes, (byte) value);
    return ByteString.copyFrom(bytes);
  }
}
