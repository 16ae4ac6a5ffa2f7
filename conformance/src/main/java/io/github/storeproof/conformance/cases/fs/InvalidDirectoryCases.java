package io.github.storeproof.conformance.cases.fs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.protobuf.ByteString;
import io.github.storeproof.conformance.cases.fs.FaultFixture.Topic;
import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.store.Fault;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.NeedsFaults;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.proto.castore.v1.CastoreProto.Directory;
import io.github.storeproof.proto.castore.v1.CastoreProto.DirectoryEntry;
import io.github.storeproof.proto.castore.v1.CastoreProto.FileEntry;
import io.github.storeproof.proto.castore.v1.CastoreProto.SymlinkEntry;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Directories that hash to their digests and break a rule of the format.
@NeedsFaults
@NeedsAnyFixture
public final class InvalidDirectoryCases {
  private static final int TINY_BYTES = 100;

  @Checks("ERR-8")
  void invalidDirectoriesAreEioForThemselvesOnly(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    Trial trial = new Trial();
    for (Map.Entry<String, byte[]> invalid : invalid().entrySet()) {
      StorePath path = CorruptContentCases.madeUp(invalid.getKey());
      B3Digest digest = Blake3.hash(invalid.getValue());
      mount.faults().pretend(path, new DirectoryNode(digest, 2));
      mount.faults().directory(digest, new Fault.Answers(invalid.getValue()));
      byte[] name = path.basename().getBytes(US_ASCII);
      trial.want(trial.calls().lstat(name), Allowed.success().or(Allowed.errno(Errno.EIO)));
      FaultyMount.wantUnlistable(trial, name);
      FaultyMount.wantEio(trial, (path.basename() + "/b").getBytes(US_ASCII));
      FaultyMount.wantRight(trial, Topic.CORRUPT, "sibling");
    }
    mount.run("directories that are named by the rule that they break", trial);
  }

  /// By what is wrong, as part of a store path's name.
  private static Map<String, byte[]> invalid() {
    Map<String, Directory.Builder> all = new LinkedHashMap<>();
    all.put("unsorted-files", directory().addFiles(file("c")).addFiles(file("b")));
    all.put("twice-the-same-name", directory().addFiles(file("b")).addFiles(file("b")));
    all.put(
        "one-name-for-file-and-link",
        directory().addFiles(file("b")).addSymlinks(link("b", "target")));
    all.put("empty-name", directory().addFiles(file("")));
    all.put("name-dot", directory().addFiles(file(".")));
    all.put("name-dot-dot", directory().addFiles(file("..")));
    all.put("name-with-slash", directory().addFiles(file("b/c")));
    all.put("name-with-nul", directory().addFiles(file("b\0c")));
    all.put("name-of-256-bytes", directory().addFiles(file("b".repeat(256))));
    all.put("empty-target", directory().addSymlinks(link("b", "")));
    all.put("target-with-nul", directory().addSymlinks(link("b", "c\0d")));
    all.put("target-of-4096-bytes", directory().addSymlinks(link("b", "t".repeat(4096))));
    all.put(
        "digest-of-31-bytes",
        directory().addFiles(file("b").setDigest(ByteString.copyFrom(new byte[31]))));
    all.put(
        "digest-of-no-bytes",
        directory()
            .addDirectories(DirectoryEntry.newBuilder().setName(ByteString.copyFromUtf8("b"))));
    all.put(
        "sizes-that-overflow",
        directory().addDirectories(endless("b")).addDirectories(endless("c")));
    Map<String, byte[]> encoded = new LinkedHashMap<>();
    all.forEach((name, directory) -> encoded.put(name, directory.build().toByteArray()));
    encoded.put("no-message", "this is no directory".getBytes(US_ASCII));
    byte[] cut = directory().addFiles(file("b")).build().toByteArray();
    encoded.put("cut-off", Arrays.copyOf(cut, cut.length - 1));
    return encoded;
  }

  private static Directory.Builder directory() {
    return Directory.newBuilder();
  }

  private static FileEntry.Builder file(String name) {
    return FileEntry.newBuilder()
        .setName(ByteString.copyFrom(name, ISO_8859_1))
        .setDigest(ByteString.copyFrom(FaultyMount.blob(Topic.CORRUPT, "sibling").toBytes()))
        .setSize(TINY_BYTES);
  }

  private static SymlinkEntry.Builder link(String name, String target) {
    return SymlinkEntry.newBuilder()
        .setName(ByteString.copyFrom(name, ISO_8859_1))
        .setTarget(ByteString.copyFrom(target, ISO_8859_1));
  }

  private static DirectoryEntry.Builder endless(String name) {
    return DirectoryEntry.newBuilder()
        .setName(ByteString.copyFrom(name, ISO_8859_1))
        .setDigest(ByteString.copyFrom(Blake3.hash(new byte[0]).toBytes()))
        .setSize(-1);
  }
}
