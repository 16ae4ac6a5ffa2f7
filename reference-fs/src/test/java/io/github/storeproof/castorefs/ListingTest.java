package io.github.storeproof.castorefs;

import static io.github.storeproof.castorefs.CastoreFsTest.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.castorefs.Mounted.Listed;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.Attr;
import io.github.storeproof.fuse.wire.Entry;
import io.github.storeproof.fuse.wire.Opcode;
import io.github.storeproof.fuse.wire.Opened;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.pathinfo.PathInfoService;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The directory is the wide one of the fixtures; its entries are of all kinds.
class ListingTest {
  private static final int ENTRY_COUNT = 1_000;
  private static final Fixture WIDE = Fixture.of("wide", "wide", FixtureCatalog.wide(ENTRY_COUNT));
  private static final int WHOLE = 1 << 20;

  private static long wideOf(Mounted mounted) throws Exception {
    return mounted.walk(WIDE.path("wide")).nodeId();
  }

  @ParameterizedTest
  @ValueSource(ints = {280, 512, 1024, 4096, 32_768, WHOLE})
  void isCompleteWithEveryBufferSize(int roomBytes) throws Exception {
    Mounted mounted = Mounted.of(WIDE);
    List<Listed> listed = mounted.list(wideOf(mounted), roomBytes);
    assertThat(listed).hasSize(ENTRY_COUNT + 2);
    assertThat(listed.subList(0, 2)).extracting(Listed::name).containsExactly(".", "..");
    Set<String> names = new TreeSet<>();
    Set<Long> offsets = new HashSet<>();
    for (Listed each : listed) {
      names.add(each.name());
      assertThat(offsets.add(each.nextOffset())).isTrue();
    }
    assertThat(names).hasSize(ENTRY_COUNT + 2);
    assertThat(offsets).doesNotContain(0L);
  }

  @Test
  void isCompleteWithAHundredThousandEntries() throws Exception {
    Fixture huge = Fixture.of("huge", "huge", FixtureCatalog.wide(100_000));
    Mounted mounted = Mounted.of(huge);
    long directory = mounted.walk(huge.path("huge")).nodeId();
    assertThat(mounted.list(directory, 4_096)).hasSize(100_002);
    assertThat(mounted.list(directory, 32_768)).hasSize(100_002);
  }

  @Test
  void inoAndTypeAreThoseOfALookup() throws Exception {
    Mounted mounted = Mounted.of(WIDE);
    long directory = wideOf(mounted);
    List<Listed> listed = mounted.list(directory, WHOLE);
    assertThat(listed.getFirst().ino()).isEqualTo(mounted.fs.getattr(directory).attr().ino());
    assertThat(listed.get(1).ino())
        .isEqualTo(mounted.fs.getattr(FuseOperations.ROOT_ID).attr().ino());
    for (Listed each : listed.subList(2, listed.size())) {
      Attr attr = mounted.fs.lookup(directory, Mounted.bytes(each.name())).attr();
      assertThat(each.ino()).isEqualTo(attr.ino()).isNotZero();
      assertThat(each.type()).isEqualTo(attr.direntType());
    }
  }

  @Test
  void readingGoesOnAfterAnyEntryForwardAndBack() throws Exception {
    Mounted mounted = Mounted.of(WIDE);
    long directory = wideOf(mounted);
    List<Listed> listed = mounted.list(directory, WHOLE);
    for (int i : new int[] {0, 1, 2, 500, ENTRY_COUNT + 1, 499, 1, 0}) {
      assertThat(mounted.readdir(directory, 0, listed.get(i).nextOffset(), WHOLE))
          .isEqualTo(listed.subList(i + 1, listed.size()));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, ENTRY_COUNT + 2, 999_999, 1L << 62, Long.MIN_VALUE, Long.MAX_VALUE})
  void anOffsetThatNoEntryHasIsTheEnd(long offset) throws Exception {
    Mounted mounted = Mounted.of(WIDE);
    assertThat(mounted.readdir(wideOf(mounted), 0, offset, WHOLE)).isEmpty();
    assertThat(mounted.readdirplus(wideOf(mounted), offset, 10)).isEmpty();
  }

  @Test
  void readdirplusCountsWhatItGaveAndNothingElse() throws Exception {
    Mounted mounted = Mounted.of(WIDE);
    long directory = wideOf(mounted);
    int before = mounted.fs.knownNodeCount();
    List<Listed> given = mounted.readdirplus(directory, 0, 12);
    assertThat(given.subList(0, 2)).extracting(Listed::nodeId).containsExactly(0L, 0L);
    assertThat(mounted.fs.knownNodeCount()).isEqualTo(before + 10);
    given.subList(2, 12).forEach(each -> mounted.fs.forget(each.nodeId(), 1));
    assertThat(mounted.fs.knownNodeCount()).isEqualTo(before);
  }

  @Test
  void readdirplusAgreesWithLookup() throws Exception {
    Mounted mounted = Mounted.of(WIDE);
    long directory = wideOf(mounted);
    List<Listed> all = mounted.readdirplus(directory, 0, ENTRY_COUNT + 2);
    assertThat(all).hasSize(ENTRY_COUNT + 2);
    for (Listed each : all.subList(2, all.size())) {
      Entry entry = mounted.fs.lookup(directory, Mounted.bytes(each.name()));
      assertThat(each.nodeId()).isEqualTo(entry.nodeId());
    }
  }

  @Test
  void theRootListsEachStorePathOnce() throws Exception {
    Fixture many = FixtureCatalog.manyRoots(300);
    Mounted mounted = Mounted.of(many);
    mounted.walk(many.path("many-299"));
    for (int roomBytes : new int[] {280, 4096}) {
      List<String> names =
          mounted.list(FuseOperations.ROOT_ID, roomBytes).stream().map(Listed::name).toList();
      assertThat(names).hasSize(302).doesNotHaveDuplicates();
      many.roots().keySet().forEach(path -> assertThat(names).contains(path.basename()));
    }
  }

  @Test
  void aStorePathThatAppearsIsListedAtTheEnd() throws Exception {
    Stores stores = Mounted.memory();
    Mounted mounted = new Mounted(new CastoreFs(stores, true));
    assertThat(mounted.list(FuseOperations.ROOT_ID, WHOLE)).hasSize(2);
    for (int i = 1; i < 100; i++) {
      Fixture one = Fixture.of("one", "name-" + i, FixtureCatalog.emptyDirectory());
      Mounted.fill(stores, one);
      List<Listed> listed = mounted.list(FuseOperations.ROOT_ID, WHOLE);
      assertThat(listed).hasSize(i + 2);
      assertThat(listed.getLast().name()).endsWith("name-" + i);
    }
  }

  @Test
  void theRootIsNotListedUnlessAllowed() throws Exception {
    Stores stores = Mounted.memory();
    Mounted.fill(stores, WIDE);
    Mounted hidden = new Mounted(new CastoreFs(stores, false));
    assertErrno(Errno.EPERM, () -> hidden.fs.opendir(FuseOperations.ROOT_ID, 0));
    assertErrno(Errno.EPERM, () -> hidden.readdir(FuseOperations.ROOT_ID, 0, 0, WHOLE));
    assertErrno(Errno.ENOSYS, () -> hidden.fs.opendir(wideOf(hidden), 0));
    assertThat(hidden.list(wideOf(hidden), WHOLE)).hasSize(ENTRY_COUNT + 2);
  }

  @Test
  void directoriesNeedNoOpenWhenTheStoreTellsOfItsChanges() throws Exception {
    Mounted mounted = Mounted.of(WIDE);
    assertErrno(Errno.ENOSYS, () -> mounted.fs.opendir(FuseOperations.ROOT_ID, 0));
    assertErrno(Errno.ENOSYS, () -> mounted.fs.opendir(wideOf(mounted), 0));
  }

  @Test
  void aStoreThatTellsNothingIsListedAnewByEachReader() throws Exception {
    Stores stores = Mounted.memory();
    Mounted mounted =
        new Mounted(
            new CastoreFs(
                new Stores(stores.blobs(), stores.directories(), new Silent(stores.pathInfos())),
                true));
    long handle = mounted.fs.opendir(FuseOperations.ROOT_ID, 0).handle();
    assertThat(mounted.readdir(FuseOperations.ROOT_ID, handle, 0, WHOLE)).hasSize(2);
    Mounted.fill(stores, WIDE);
    assertThat(mounted.readdir(FuseOperations.ROOT_ID, handle, 2, WHOLE)).isEmpty();
    assertThat(mounted.readdir(FuseOperations.ROOT_ID, handle, 0, WHOLE)).hasSize(3);
    assertThat(mounted.fs.mayBlock(Opcode.READDIR, FuseOperations.ROOT_ID, handle)).isTrue();
    assertThat(mounted.fs.opendir(wideOf(mounted), 0))
        .isEqualTo(new Opened(0, Opened.CACHE_DIR | Opened.KEEP_CACHE));
    mounted.fs.releasedir(FuseOperations.ROOT_ID, handle);
    assertErrno(Errno.EBADF, () -> mounted.readdir(FuseOperations.ROOT_ID, handle, 0, WHOLE));
  }

  @Test
  void aStoreThatFailsToListIsAnIoErrorAndHeals() throws Exception {
    Stores stores = Mounted.memory();
    Mounted.fill(stores, WIDE);
    Failing failing = new Failing(stores.pathInfos());
    Mounted mounted =
        new Mounted(new CastoreFs(new Stores(stores.blobs(), stores.directories(), failing), true));
    assertErrno(Errno.EIO, () -> mounted.readdir(FuseOperations.ROOT_ID, 0, 0, WHOLE));
    failing.isBroken = false;
    assertThat(mounted.readdir(FuseOperations.ROOT_ID, 0, 0, WHOLE)).hasSize(3);
  }

  /// A service that lists, and tells of no change.
  private record Silent(PathInfoService all) implements PathInfoService {
    @Override
    public Optional<PathInfo> get(byte[] digest) throws StoreException {
      return all.get(digest);
    }

    @Override
    public PathInfo put(PathInfo pathInfo) throws StoreException {
      return all.put(pathInfo);
    }

    @Override
    public Cursor<PathInfo> list() throws StoreException {
      return all.list();
    }
  }

  /// A service that cannot list until it is mended.
  private static final class Failing implements PathInfoService {
    private final PathInfoService all;
    private boolean isBroken = true;

    Failing(PathInfoService all) {
      this.all = all;
    }

    @Override
    public Optional<PathInfo> get(byte[] digest) throws StoreException {
      return all.get(digest);
    }

    @Override
    public PathInfo put(PathInfo pathInfo) throws StoreException {
      return all.put(pathInfo);
    }

    @Override
    public Cursor<PathInfo> list() throws StoreException {
      if (isBroken) {
        throw new StoreException(StoreFailure.UNAVAILABLE, "store is away");
      }
      return all.list();
    }

    @Override
    public boolean isObservable() {
      return true;
    }
  }
}
