package io.github.storeproof.castorefs;

import static io.github.storeproof.castorefs.Mounted.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.Attr;
import io.github.storeproof.fuse.wire.Entry;
import io.github.storeproof.fuse.wire.Opcode;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.blob.MemoryBlobService;
import io.github.storeproof.store.directory.MemoryDirectoryService;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The tree, in one store path:
///
/// ```
/// tree/plain      "hello"        tree/a/x/file  "same"
/// tree/exec       "hello", 0555  tree/b/x/file  "same"
/// tree/link       -> target      tree/empty     ""
/// ```
class CastoreFsTest {
  private static final Tree.Dir SAME =
      Tree.dir().add("x", Tree.dir().plain("file", Content.ofText("same")).build()).build();
  private static final Fixture FIXTURE =
      Fixture.of(
          "small",
          "tree",
          Tree.dir()
              .plain("plain", Content.ofText("hello"))
              .executable("exec", Content.ofText("hello"))
              .link("link", "target")
              .plain("empty", Content.EMPTY)
              .add("a", SAME)
              .add("b", SAME)
              .build());

  private Mounted mounted;

  @BeforeEach
  void mount() throws Exception {
    mounted = Mounted.of(FIXTURE);
  }

  private Entry at(String... names) throws ErrnoException {
    return mounted.walk(FIXTURE.path("tree", names));
  }

  @Test
  void attributesAreThoseOfTheKind() throws Exception {
    assertThat(at("plain").attr()).returns(Attr.S_IFREG | 0444, Attr::mode);
    assertThat(at("exec").attr()).returns(Attr.S_IFREG | 0555, Attr::mode);
    assertThat(at("link").attr())
        .returns(Attr.S_IFLNK | 0777, Attr::mode)
        .returns(6L, Attr::sizeBytes);
    assertThat(at("a").attr()).returns(Attr.S_IFDIR | 0555, Attr::mode);
    assertThat(at("plain").attr())
        .returns(5L, Attr::sizeBytes)
        .returns(1L, Attr::blockCount)
        .returns(1L, Attr::timeSeconds)
        .returns(1, Attr::linkCount)
        .returns(0, Attr::uid)
        .returns(0, Attr::gid);
    assertThat(at("empty").attr().blockCount()).isZero();
    assertThat(mounted.fs.getattr(FuseOperations.ROOT_ID).attr().mode())
        .isEqualTo(Attr.S_IFDIR | 0555);
  }

  @Test
  void everyNodeOfTheStandardFixtureHasItsTypeModeAndSize() throws Exception {
    Fixture standard = FixtureCatalog.standard(1);
    Mounted whole = Mounted.of(standard);
    for (FixtureEntry entry : standard.walk()) {
      Attr attr = whole.walk(entry.path().toBytes()).attr();
      switch (entry.tree()) {
        case Tree.Dir _ -> assertThat(attr.mode()).isEqualTo(Attr.S_IFDIR | 0555);
        case Tree.File file -> {
          int mode = file.executable() ? 0555 : 0444;
          assertThat(attr.mode()).isEqualTo(Attr.S_IFREG | mode);
          assertThat(attr.sizeBytes()).isEqualTo(file.content().size());
        }
        case Tree.Link link -> assertThat(attr.sizeBytes()).isEqualTo(link.target().lengthBytes());
      }
    }
  }

  @Test
  void aLookupIsTheSameNodeEachTimeAndGetattrAgrees() throws Exception {
    Entry first = at("a", "x", "file");
    assertThat(at("a", "x", "file")).isEqualTo(first);
    assertThat(mounted.fs.getattr(first.nodeId()).attr()).isEqualTo(first.attr());
  }

  @Test
  void equalDirectoriesAreTwoNodes() throws Exception {
    assertThat(at("a", "x").nodeId()).isNotEqualTo(at("b", "x").nodeId());
    assertThat(at("a", "x").attr().ino()).isNotEqualTo(at("b", "x").attr().ino());
  }

  @Test
  void belowTheRootTheKernelMayRememberForEver() throws Exception {
    assertThat(at("plain"))
        .returns(Entry.FOREVER, Entry::entryValidSeconds)
        .returns(Entry.FOREVER, Entry::attrValidSeconds);
    assertThat(mounted.fs.lookup(at("a").nodeId(), bytes("none")))
        .isEqualTo(Entry.negative(Entry.FOREVER));
  }

  @Test
  void aNameThatTheRootLacksIsNeverRemembered() throws Exception {
    String basename = FIXTURE.root("tree").basename();
    for (String name :
        new String[] {
          "none",
          basename + "x",
          basename.substring(1),
          basename.replace("tree", "other"),
          basename.toUpperCase(java.util.Locale.ROOT),
          "0".repeat(32),
          "0".repeat(32) + "-",
          "\u00e9"
        }) {
      assertThat(mounted.fs.lookup(FuseOperations.ROOT_ID, bytes(name)))
          .isEqualTo(Entry.negative(0));
    }
  }

  @Test
  void aStorePathThatIsAddedAppears() throws Exception {
    Stores stores = Mounted.memory();
    Mounted empty = new Mounted(new CastoreFs(stores, true));
    byte[] path = FIXTURE.path("tree");
    assertThat(empty.walk(path).nodeId()).isZero();
    Map<String, Long> told = new HashMap<>();
    empty.fs.mounted(new ToldNames(told));
    Mounted.fill(stores, FIXTURE);
    assertThat(empty.walk(path).nodeId()).isPositive();
    assertThat(told).containsOnlyKeys(FIXTURE.root("tree").basename());
  }

  @Test
  void aNameOfMoreThan255BytesIsTooLong() throws Exception {
    long directory = at("a").nodeId();
    byte[] name = bytes("n".repeat(256));
    assertErrno(Errno.ENAMETOOLONG, () -> mounted.fs.lookup(directory, name));
    assertErrno(Errno.ENAMETOOLONG, () -> mounted.fs.lookup(FuseOperations.ROOT_ID, name));
  }

  @Test
  void aLookupInAFileIsRefused() throws Exception {
    long file = at("plain").nodeId();
    assertErrno(Errno.ENOTDIR, () -> mounted.fs.lookup(file, bytes("x")));
    assertErrno(Errno.ENOTDIR, () -> mounted.readdir(file, 0, 0, 1000));
  }

  @Test
  void aReadGivesTheSlice() throws Exception {
    long file = at("plain").nodeId();
    assertThat(mounted.read(file, 0, 100)).asString().isEqualTo("hello");
    assertThat(mounted.read(file, 1, 3)).asString().isEqualTo("ell");
    assertThat(mounted.read(file, 5, 3)).isEmpty();
    assertThat(mounted.read(file, 1L << 40, 3)).isEmpty();
    MemorySegment content = mounted.fs.content(file, 0, 1, 100).orElseThrow();
    assertThat(content.toArray(ValueLayout.JAVA_BYTE)).asString().isEqualTo("ello");
  }

  @Test
  void onlyFilesAreReadAndOnlyLinksHaveTargets() throws Exception {
    assertErrno(Errno.EISDIR, () -> mounted.read(at("a").nodeId(), 0, 1));
    assertErrno(Errno.EISDIR, () -> mounted.read(FuseOperations.ROOT_ID, 0, 1));
    assertErrno(Errno.EINVAL, () -> mounted.read(at("link").nodeId(), 0, 1));
    assertErrno(Errno.EINVAL, () -> mounted.fs.readlink(at("plain").nodeId()));
    assertErrno(Errno.EINVAL, () -> mounted.fs.readlink(FuseOperations.ROOT_ID));
    assertThat(mounted.fs.readlink(at("link").nodeId())).asString().isEqualTo("target");
  }

  @Test
  void filesNeedNoOpen() throws Exception {
    assertErrno(Errno.ENOSYS, () -> mounted.fs.open(at("plain").nodeId(), 0));
  }

  @Test
  void digestsAreExtendedAttributes() throws Exception {
    long file = at("plain").nodeId();
    assertThat(mounted.fs.listxattr(file)).asString().isEqualTo("user.snix.castore.blob.digest\0");
    assertThat(mounted.fs.getxattr(file, bytes("user.snix.castore.blob.digest")))
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo(Content.ofText("hello").digest().toString());
    long directory = at("a").nodeId();
    assertThat(mounted.fs.getxattr(directory, bytes("user.snix.castore.directory.digest")))
        .asString()
        .startsWith("blake3-");
    assertErrno(
        Errno.ENODATA,
        () -> mounted.fs.getxattr(directory, bytes("user.snix.castore.blob.digest")));
    assertErrno(Errno.ENODATA, () -> mounted.fs.getxattr(file, bytes("security.capability")));
    assertErrno(Errno.ENODATA, () -> mounted.fs.getxattr(at("link").nodeId(), bytes("user.x")));
    assertErrno(Errno.ENODATA, () -> mounted.fs.getxattr(FuseOperations.ROOT_ID, bytes("user.x")));
    assertThat(mounted.fs.listxattr(at("link").nodeId())).isEmpty();
    assertThat(mounted.fs.listxattr(FuseOperations.ROOT_ID)).isEmpty();
  }

  @Test
  void statfsStatesTheLongestName() {
    assertThat(mounted.fs.statfs(FuseOperations.ROOT_ID))
        .returns(255, s -> s.nameLengthBytes())
        .returns(4096, s -> s.blockSizeBytes());
  }

  @Test
  void aNodeThatIsNotKnownIsStale() {
    assertErrno(Errno.ESTALE, () -> mounted.fs.getattr(4711));
    assertErrno(Errno.ESTALE, () -> mounted.fs.lookup(4711, bytes("x")));
    mounted.fs.forget(4711, 1);
  }

  @Test
  void memoryStoresNeverBlock() throws Exception {
    for (Opcode opcode : Opcode.values()) {
      assertThat(mounted.fs.mayBlock(opcode, FuseOperations.ROOT_ID, 0)).isFalse();
      assertThat(mounted.fs.mayBlock(opcode, at("plain").nodeId(), 0)).isFalse();
    }
  }

  @Test
  void contentThatIsMissingFailsAtTheReadOnly() throws Exception {
    Stores whole = Mounted.memory();
    Mounted.fill(whole, FIXTURE);
    Mounted holed =
        new Mounted(
            new CastoreFs(
                new Stores(new MemoryBlobService(), whole.directories(), whole.pathInfos()), true));
    Entry file = holed.walk(FIXTURE.path("tree", "plain"));
    assertThat(file.attr().sizeBytes()).isEqualTo(5);
    assertErrno(Errno.EIO, () -> holed.read(file.nodeId(), 0, 1));
    assertErrno(Errno.EIO, () -> holed.fs.content(file.nodeId(), 0, 0, 1));
  }

  @Test
  void aDirectoryThatIsMissingFailsWhenItIsLookedInto() throws Exception {
    Stores whole = Mounted.memory();
    Mounted.fill(whole, FIXTURE);
    MemoryDirectoryService none = new MemoryDirectoryService(SizeRule.SNIX);
    Mounted holed =
        new Mounted(new CastoreFs(new Stores(whole.blobs(), none, whole.pathInfos()), true));
    Entry root = holed.walk(FIXTURE.path("tree"));
    assertThat(root.attr().mode()).isEqualTo(Attr.S_IFDIR | 0555);
    assertErrno(Errno.EIO, () -> holed.fs.lookup(root.nodeId(), bytes("plain")));
    assertErrno(Errno.EIO, () -> holed.readdir(root.nodeId(), 0, 0, 1000));
  }

  static void assertErrno(Errno errno, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ErrnoException.class, e -> assertThat(e.errno()).isEqualTo(errno));
  }

  private record ToldNames(Map<String, Long> told)
      implements io.github.storeproof.fuse.KernelNotifier {
    @Override
    public void entryChanged(long parentId, byte[] name) {
      told.put(new String(name, StandardCharsets.US_ASCII), parentId);
    }

    @Override
    public void nodeChanged(long nodeId) {}
  }
}
