package io.github.storeproof.conformance.cases.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.storeproof.conformance.oracle.AllowedReply;
import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.oracle.Property;
import io.github.storeproof.conformance.store.Reply;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Should;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.DirBuilder;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.fixtures.TreeArbitrary;
import io.github.storeproof.fixtures.TreeArchive;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.proto.castore.v1.CastoreProto.DirectoryEntry;
import io.github.storeproof.proto.castore.v1.CastoreProto.Entry;
import io.github.storeproof.proto.castore.v1.CastoreProto.FileEntry;
import io.github.storeproof.proto.store.v1.PathInfoServiceProto.CalculateNARResponse;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// CalculateNAR, compared with the archive that the kit writes.
class NarCases {
  private static final int TRIES = 10;
  private static final int DEPTH = 100;
  private static final int WIDTH = 1030;

  /// More than what services send in one message, or keep in one piece.
  private static final int LARGE_BYTES = (3 << 20) + 1;

  /// Around the widths of padding, pages and buffers.
  private static final int[] SIZES = {
    0, 1, 7, 8, 9, 15, 16, 17, 4095, 4096, 4097, 65_535, 65_536, 65_537
  };

  @Checks("PIN-4")
  void anyTreeHasItsArchive(StoreSubject subject) {
    SizeRule rule = subject.sizeRule();
    Property.check(
        subject,
        TreeArbitrary.trees(),
        TRIES,
        (dialog, tree) -> wantArchive(dialog, StoredTree.of(tree, rule)));
  }

  @Checks("PIN-4")
  void rootsOfEveryKindHaveTheirArchive(StoreSubject subject) {
    for (int sizeBytes : new int[] {0, 1, 7, 8, 9, 300_001}) {
      Content content = Content.ofBytes(Blobs.random(subject.random(), sizeBytes));
      for (Tree root : List.of(Tree.plain(content), Tree.executable(content))) {
        wantArchive(subject.dialog(), StoredTree.of(root, subject.sizeRule()));
      }
    }
    Content large = Content.ofBytes(Blobs.random(subject.random(), LARGE_BYTES));
    wantArchive(subject.dialog(), StoredTree.of(Tree.plain(large), subject.sizeRule()));
    for (String target : List.of("a", "12345678", "/absolute/target")) {
      wantArchive(subject.dialog(), StoredTree.of(Tree.link(target), subject.sizeRule()));
    }
    wantArchive(subject.dialog(), StoredTree.of(Tree.dir().build(), subject.sizeRule()));
  }

  /// Entries of an archive come in the order of their bytes, whatever kind they are.
  @Checks("PIN-4")
  void entriesAreInTheOrderOfTheirBytes(StoreSubject subject) {
    Content content = Content.ofBytes(new byte[] {1});
    Tree tree =
        Tree.dir()
            .plain("b", content)
            .link("a", "to")
            .add("c", Tree.dir().link(String.valueOf(subject.random().nextLong()), "to").build())
            .executable("B", content)
            .plain("a.", content)
            .link("\u00e9", "to")
            .build();
    wantArchive(subject.dialog(), StoredTree.of(tree, subject.sizeRule()));
  }

  @Checks("PIN-4")
  void deepAndWideTreesHaveTheirArchive(StoreSubject subject) {
    DirBuilder wide = Tree.dir();
    for (int i = 0; i < WIDTH; i++) {
      wide.link("link-%04d".formatted(i), "to");
    }
    Tree.Dir deep = wide.build();
    for (int i = 0; i < DEPTH; i++) {
      deep = Tree.dir().add("d", deep).build();
    }
    wantArchive(subject.dialog(), StoredTree.of(deep, subject.sizeRule()));
  }

  @Checks("NAR-1")
  void namesAndTargetsOfAnyBytesAreInTheArchive(StoreSubject subject) {
    for (Tree tree :
        List.of(
            FixtureCatalog.everyByteNames(),
            FixtureCatalog.prefixNames(),
            FixtureCatalog.longNames(),
            FixtureCatalog.targets())) {
      wantArchive(subject.dialog(), StoredTree.of(tree, subject.sizeRule()));
    }
  }

  @Checks("NAR-1")
  void contentsOfAnySizeAreInTheArchive(StoreSubject subject) {
    DirBuilder directory = Tree.dir();
    for (int sizeBytes : SIZES) {
      Content content = Content.ofBytes(Blobs.random(subject.random(), sizeBytes));
      directory.plain("plain-" + sizeBytes, content).executable("run-" + sizeBytes, content);
    }
    wantArchive(subject.dialog(), StoredTree.of(directory.build(), subject.sizeRule()));
  }

  private static void wantArchive(Dialog dialog, StoredTree tree) {
    tree.putBlobs(dialog).putDirectories(dialog);
    dialog.want("CalculateNAR", calculate(dialog, tree), archive(tree.archive()));
  }

  static Reply calculate(Dialog dialog, StoredTree tree) {
    return dialog.call(StoreMethod.CALCULATE_NAR, tree.entry("").toByteArray());
  }

  @Checks("PIN-4")
  void whatIsMissingIsAnError(StoreSubject subject) {
    Content content = Content.ofBytes(Blobs.random(subject.random(), 90));
    Tree.Dir inner = Tree.dir().plain("file", content).build();
    AllowedReply refused = AllowedReply.refusal("an error");
    Dialog noBlob = subject.dialog();
    StoredTree tree = StoredTree.of(Tree.dir().add("d", inner).build(), subject.sizeRule());
    tree.putDirectories(noBlob);
    noBlob.want(
        "CalculateNAR of a tree whose blob was never put", calculate(noBlob, tree), refused);
    Dialog noFile = subject.dialog();
    StoredTree file = StoredTree.of(Tree.plain(content), subject.sizeRule());
    noFile.want("CalculateNAR of a file that was never put", calculate(noFile, file), refused);
    Dialog noDirectory = subject.dialog();
    Content other = Content.ofBytes(Blobs.random(subject.random(), 91));
    StoredTree lost = StoredTree.of(Tree.dir().plain("other", other).build(), subject.sizeRule());
    lost.putBlobs(noDirectory);
    noDirectory.want(
        "CalculateNAR of a directory that was never put", calculate(noDirectory, lost), refused);
  }

  /// Nothing is to be read of it, but it is not there.
  @Checks("PIN-4")
  @Should
  void aMissingFileOfNoBytesIsAnError(StoreSubject subject) {
    Content content = Content.ofBytes(Blobs.random(subject.random(), 92));
    Entry.Builder file =
        StoredTree.of(Tree.plain(content), subject.sizeRule()).entry("").toBuilder();
    file.getFileBuilder().setSize(0);
    Dialog dialog = subject.dialog();
    dialog.want(
        "CalculateNAR of a file that was never put, with size 0",
        dialog.call(StoreMethod.CALCULATE_NAR, file.build().toByteArray()),
        AllowedReply.refusal("an error"));
  }

  @Checks("PIN-4")
  void nodesThatAreNoneAreAnError(StoreSubject subject) {
    ByteString digest = ByteString.copyFrom(new byte[31]);
    Map<String, Entry> nodes = new LinkedHashMap<>();
    nodes.put("no node", Entry.getDefaultInstance());
    nodes.put(
        "a file whose digest has 31 bytes",
        Entry.newBuilder().setFile(FileEntry.newBuilder().setDigest(digest)).build());
    nodes.put(
        "a directory whose digest has 31 bytes",
        Entry.newBuilder().setDirectory(DirectoryEntry.newBuilder().setDigest(digest)).build());
    nodes.forEach((what, node) -> {
      Dialog dialog = subject.dialog();
      dialog.want(
          "CalculateNAR of " + what,
          dialog.call(StoreMethod.CALCULATE_NAR, node.toByteArray()),
          AllowedReply.refusal("an error"));
    });
  }

  /// An archive has a length and then as many bytes: the two cannot be of different files.
  @Checks("PIN-4")
  void aSizeThatIsNotTheBlobsMakesNoArchive(StoreSubject subject) {
    Content content = Content.ofBytes(Blobs.random(subject.random(), 24));
    StoredTree tree = StoredTree.of(Tree.plain(content), subject.sizeRule());
    Dialog dialog = subject.dialog();
    tree.putBlobs(dialog);
    for (long wrong : new long[] {16, 25, 32, Long.MAX_VALUE}) {
      wantNoOtherArchive(dialog, tree, wrong);
    }
    Directory above =
        Directory.builder()
            .add(
                PathComponent.of("file"),
                new FileNode(tree.blobs().keySet().iterator().next(), 16, false))
            .build();
    Directories.put(dialog, List.of(above));
    Entry.Builder node = Entry.newBuilder();
    node.getDirectoryBuilder()
        .setDigest(ByteString.copyFrom(above.digest().toBytes()))
        .setSize(above.size(subject.sizeRule()));
    StoredTree right = StoredTree.of(Tree.dir().plain("file", content).build(), subject.sizeRule());
    dialog.want(
        "CalculateNAR of a directory whose file has another size than its blob has",
        dialog.call(StoreMethod.CALCULATE_NAR, node.build().toByteArray()),
        AllowedReply.refusal("an error").or(archive(right.archive())));
  }

  /// Of a file that is said to be empty, the blob need not be looked at.
  @Checks("PIN-4")
  @Should
  void aBlobThatIsSaidToBeEmptyMakesNoArchive(StoreSubject subject) {
    Content content = Content.ofBytes(Blobs.random(subject.random(), 24));
    StoredTree tree = StoredTree.of(Tree.plain(content), subject.sizeRule());
    Dialog dialog = subject.dialog();
    tree.putBlobs(dialog);
    wantNoOtherArchive(dialog, tree, 0);
  }

  private static void wantNoOtherArchive(Dialog dialog, StoredTree file, long wrongSize) {
    Entry.Builder node = file.entry("").toBuilder();
    node.getFileBuilder().setSize(wrongSize);
    dialog.want(
        "CalculateNAR of a file node with another size than its blob has",
        dialog.call(StoreMethod.CALCULATE_NAR, node.build().toByteArray()),
        AllowedReply.refusal("an error").or(archive(file.archive())));
  }

  /// Success with the size and the digest of this archive.
  static AllowedReply archive(TreeArchive archive) {
    return archive(archive.sizeBytes(), archive.sha256());
  }

  static AllowedReply archive(long sizeBytes, byte[] sha256) {
    return AllowedReply.ok(
        "OK, nar_size " + sizeBytes + " and nar_sha256 " + HexFormat.of().formatHex(sha256),
        reply -> {
          try {
            CalculateNARResponse seen =
                reply.messages().size() == 1
                    ? CalculateNARResponse.parseFrom(reply.messages().getFirst())
                    : CalculateNARResponse.getDefaultInstance();
            boolean isRight =
                seen.getNarSize() == sizeBytes
                    && Arrays.equals(seen.getNarSha256().toByteArray(), sha256);
            return isRight
                ? Optional.empty()
                : Optional.of(
                    "OK, nar_size "
                        + seen.getNarSize()
                        + " and nar_sha256 "
                        + HexFormat.of().formatHex(seen.getNarSha256().toByteArray()));
          } catch (InvalidProtocolBufferException e) {
            return Optional.of("OK and a message that is no CalculateNARResponse");
          }
        });
  }
}
