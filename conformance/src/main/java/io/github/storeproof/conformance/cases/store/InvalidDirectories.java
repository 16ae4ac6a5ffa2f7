package io.github.storeproof.conformance.cases.store;

import com.google.protobuf.ByteString;
import io.github.storeproof.conformance.store.DirectorySizes;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryCodec;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.proto.castore.v1.CastoreProto;
import io.github.storeproof.proto.castore.v1.CastoreProto.DirectoryEntry;
import io.github.storeproof.proto.castore.v1.CastoreProto.FileEntry;
import io.github.storeproof.proto.castore.v1.CastoreProto.SymlinkEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Streams of directories that no service may take, by what is wrong with them. *Confined.*
final class InvalidDirectories {
  private static final int DIGEST_BYTES = 32;
  private static final int[] WRONG_LENGTHS = {0, 20, 31, 33, 64};

  private final DirectorySizes sizes;
  private final SizeRule rule;
  private final Map<String, List<byte[]>> streams = new LinkedHashMap<>();

  private InvalidDirectories(DirectorySizes sizes) {
    this.sizes = sizes;
    this.rule = sizes.rule();
  }

  /// All of them.
  ///
  /// @param sizes that are taken, where they are not what is wrong
  static Map<String, List<byte[]>> all(DirectorySizes sizes) {
    InvalidDirectories table = new InvalidDirectories(sizes);
    table.order();
    table.names();
    table.digestsAndTargets();
    table.sizes();
    table.connections();
    table.behindRightOnes();
    table.belowRightRoots();
    return table.streams;
  }

  private void order() {
    one("files that are not sorted", message().addFiles(file("b")).addFiles(file("a")));
    one(
        "files sorted by signed bytes",
        message().addFiles(fileNamed(0x80)).addFiles(fileNamed('a')));
    one("symlinks that are not sorted", message().addSymlinks(link("b")).addSymlinks(link("a")));
    one(
        "directories that are not sorted",
        message().addDirectories(empty("b")).addDirectories(empty("a")));
    one("a file twice", message().addFiles(file("a")).addFiles(file("a")));
    one("a symlink twice", message().addSymlinks(link("a")).addSymlinks(link("a")));
    one("a directory twice", message().addDirectories(empty("a")).addDirectories(empty("a")));
    one("a name as file and symlink", message().addFiles(file("a")).addSymlinks(link("a")));
    one("a name as directory and file", message().addDirectories(empty("a")).addFiles(file("a")));
    one(
        "a name as directory and symlink",
        message().addDirectories(empty("a")).addSymlinks(link("a")));
  }

  private void names() {
    Map<String, ByteString> names = new LinkedHashMap<>();
    names.put("an empty name", ByteString.EMPTY);
    names.put("the name .", ByteString.copyFromUtf8("."));
    names.put("the name ..", ByteString.copyFromUtf8(".."));
    names.put("a name with /", ByteString.copyFromUtf8("a/b"));
    names.put("the name /", ByteString.copyFromUtf8("/"));
    names.put("a name with NUL", ByteString.copyFrom(new byte[] {'a', 0, 'b'}));
    names.put("a name of 256 bytes", ByteString.copyFromUtf8("n".repeat(256)));
    names.forEach((what, name) -> {
      one(what + " (file)", message().addFiles(file("").setName(name)));
      one(what + " (symlink)", message().addSymlinks(link("").setName(name)));
      one(what + " (directory)", message().addDirectories(empty("").setName(name)));
    });
  }

  private void digestsAndTargets() {
    for (int length : WRONG_LENGTHS) {
      ByteString digest = ByteString.copyFrom(new byte[length]);
      String what = "a digest of " + length + " bytes";
      one(what + " (file)", message().addFiles(file("a").setDigest(digest)));
      one(what + " (directory)", message().addDirectories(empty("a").setDigest(digest)));
    }
    one("an empty target", message().addSymlinks(link("a").clearTarget()));
    one(
        "a target with NUL",
        message().addSymlinks(link("a").setTarget(ByteString.copyFrom(new byte[] {'a', 0}))));
    one(
        "a target of 4096 bytes",
        message().addSymlinks(link("a").setTarget(ByteString.copyFromUtf8("t".repeat(4096)))));
  }

  private void sizes() {
    Directory child = Corners.wide(3);
    for (long wrong : new long[] {0, 1, 2, 4, 5, 7, 12, 1L << 40, Long.MAX_VALUE, -1}) {
      boolean isOfARule =
          wrong == child.size(SizeRule.SNIX) || wrong == child.size(SizeRule.DOCUMENTED);
      boolean isBetween = wrong >= sizes.least(child) && wrong <= sizes.most(child);
      if (!isOfARule && !isBetween) {
        put(
            "a directory of 3 entries with size " + Long.toUnsignedString(wrong),
            List.of(child),
            message().addDirectories(entry("d", child).setSize(wrong)));
      }
    }
  }

  private void connections() {
    Directory child = DirectoryCases.link("a child that never comes");
    put("a directory that never came", List.of(), message().addDirectories(entry("d", child)));
    put(
        "a directory that never came (behind a right one)",
        List.of(Directory.EMPTY),
        message().addDirectories(empty("a")).addDirectories(entry("d", child)));
    CastoreProto.Directory above = message().addDirectories(entry("d", child)).build();
    streams.put(
        "a directory that never came (below a right root)",
        List.of(
            above.toByteArray(),
            message().addDirectories(entry("d", above)).build().toByteArray()));
    Directory late = DirectoryCases.link("a child that comes late");
    byte[] parent = message().addDirectories(entry("d", late)).build().toByteArray();
    streams.put("a parent before its child", List.of(parent, DirectoryCodec.encode(late)));
    put("a directory that nothing leads to", List.of(DirectoryCases.link("stray")), message());
    put(
        "two roots",
        List.of(DirectoryCases.link("one")),
        message().addSymlinks(link("another-root")));
    streams.put("no directory", List.of());
    streams.put("a message that is no Directory", List.of(new byte[] {0x0a, 0x7f, 1}));
  }

  /// The first entries are right.
  private void behindRightOnes() {
    Map<String, CastoreProto.Directory.Builder> wrong = new LinkedHashMap<>();
    wrong.put(
        "a file that is not sorted",
        message().addFiles(file("a")).addFiles(file("c")).addFiles(file("b")));
    wrong.put("a name with /", message().addFiles(file("a")).addFiles(file("a/b")));
    wrong.put("the name ..", message().addSymlinks(link("!")).addSymlinks(link("..")));
    wrong.put(
        "a digest of 31 bytes",
        message()
            .addFiles(file("a"))
            .addFiles(file("b").setDigest(ByteString.copyFrom(new byte[31]))));
    wrong.put(
        "an empty target", message().addSymlinks(link("a")).addSymlinks(link("b").clearTarget()));
    wrong.put(
        "a directory with a wrong size",
        message().addDirectories(empty("a")).addDirectories(empty("b").setSize(1)));
    wrong.forEach((what, message) -> one(what + " (behind a right one)", message));
  }

  private void belowRightRoots() {
    Map<String, CastoreProto.Directory.Builder> wrong = new LinkedHashMap<>();
    wrong.put("files that are not sorted", message().addFiles(file("b")).addFiles(file("a")));
    wrong.put("a name twice", message().addFiles(file("a")).addSymlinks(link("a")));
    wrong.put("the name ..", message().addFiles(file("..")));
    wrong.put("a name with /", message().addSymlinks(link("a/b")));
    wrong.put(
        "a digest of 31 bytes",
        message().addFiles(file("a").setDigest(ByteString.copyFrom(new byte[31]))));
    wrong.put("an empty target", message().addSymlinks(link("a").clearTarget()));
    wrong.forEach((what, message) -> {
      CastoreProto.Directory child = message.build();
      streams.put(
          what + " (below a right root)",
          List.of(
              child.toByteArray(),
              message().addDirectories(entry("d", child)).build().toByteArray()));
    });
  }

  private void one(String what, CastoreProto.Directory.Builder message) {
    boolean hasEmpty = message.getDirectoriesCount() > 0;
    put(what, hasEmpty ? List.of(Directory.EMPTY) : List.of(), message);
  }

  private void put(String what, List<Directory> before, CastoreProto.Directory.Builder message) {
    List<byte[]> stream = new ArrayList<>(Directories.messages(before));
    stream.add(message.build().toByteArray());
    streams.put(what, stream);
  }

  private static CastoreProto.Directory.Builder message() {
    return CastoreProto.Directory.newBuilder();
  }

  private static FileEntry.Builder file(String name) {
    return FileEntry.newBuilder()
        .setName(ByteString.copyFrom(name, StandardCharsets.UTF_8))
        .setDigest(ByteString.copyFrom(new byte[DIGEST_BYTES]))
        .setSize(1);
  }

  private static FileEntry.Builder fileNamed(int oneByte) {
    return file("").setName(ByteString.copyFrom(new byte[] {(byte) oneByte}));
  }

  private static SymlinkEntry.Builder link(String name) {
    return SymlinkEntry.newBuilder()
        .setName(ByteString.copyFromUtf8(name))
        .setTarget(ByteString.copyFromUtf8("target"));
  }

  private DirectoryEntry.Builder empty(String name) {
    return entry(name, Directory.EMPTY);
  }

  /// An entry that is right for a directory, whatever is in it.
  private DirectoryEntry.Builder entry(String name, CastoreProto.Directory directory) {
    int entryCount =
        directory.getDirectoriesCount() + directory.getFilesCount() + directory.getSymlinksCount();
    long below = directory.getDirectoriesList().stream().mapToLong(DirectoryEntry::getSize).sum();
    return DirectoryEntry.newBuilder()
        .setName(ByteString.copyFromUtf8(name))
        .setDigest(ByteString.copyFrom(Blake3.hash(directory.toByteArray()).toBytes()))
        .setSize(Corners.wide(entryCount).size(rule) + below);
  }

  private DirectoryEntry.Builder entry(String name, Directory directory) {
    return DirectoryEntry.newBuilder()
        .setName(ByteString.copyFromUtf8(name))
        .setDigest(ByteString.copyFrom(directory.digest().toBytes()))
        .setSize(directory.size(rule));
  }
}
