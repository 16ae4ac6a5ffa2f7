package io.github.storeproof.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.fuse.wire.InitFlags;
import io.github.storeproof.fuse.wire.Opcode;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests made by hand against this tree:
///
/// ```
/// 1 /           2 hello  "hello"    3 link -> hello    4 sub/    5 sub/x
/// ```
///
/// A reply is `len 4, error 4, unique 8`, then the payload.
class FuseSessionTest {
  private static final long HELLO = 2;
  private static final long LINK = 3;
  private static final long SUB = 4;
  private static final long EVERYTHING = 0x5fd73fffffbL;

  private final TinyTree tree = new TinyTree();
  private final FuseSession session = new FuseSession(tree);
  private final ReplyBuffer reply = new ReplyBuffer(Arena.ofAuto(), FuseSession.MAX_PAYLOAD_BYTES);

  FuseSessionTest() {
    tree.file(FuseOperations.ROOT_ID, "hello", "hello".getBytes(StandardCharsets.US_ASCII));
    tree.link(FuseOperations.ROOT_ID, "link", "hello");
    tree.file(tree.directory(FuseOperations.ROOT_ID, "sub"), "x", new byte[3]);
  }

  @Test
  void initTakesWhatAReadOnlyMountWantsAndNothingElse() {
    ByteBuffer init = succeeding(Request.init(7, 45, EVERYTHING));

    assertThat(init.remaining()).isEqualTo(64);
    assertThat(init.getInt(0)).isEqualTo(7);
    assertThat(init.getInt(4)).isEqualTo(45);
    long flags = Integer.toUnsignedLong(init.getInt(12)) | (long) init.getInt(32) << 32;
    assertThat(flags)
        .isEqualTo(
            InitFlags.ASYNC_READ
                | InitFlags.ASYNC_DIO
                | InitFlags.DO_READDIRPLUS
                | InitFlags.NO_OPEN_SUPPORT
                | InitFlags.NO_OPENDIR_SUPPORT
                | InitFlags.PARALLEL_DIROPS
                | InitFlags.ABORT_ERROR
                | InitFlags.MAX_PAGES
                | InitFlags.CACHE_SYMLINKS
                | InitFlags.EXPLICIT_INVAL_DATA
                | InitFlags.INIT_EXT
                | InitFlags.NO_EXPORT_SUPPORT);
    assertThat(init.getShort(28)).isEqualTo((short) 256);
  }

  @Test
  void initTakesNoMoreThanAnOldKernelOffers() {
    ByteBuffer init = succeeding(Request.init(7, 31, InitFlags.ASYNC_READ));

    assertThat(init.getInt(4)).isEqualTo(31);
    assertThat(init.getInt(12)).isEqualTo((int) InitFlags.ASYNC_READ);
    assertThat(init.getInt(32)).isZero();
  }

  @Test
  void initWithoutFlags2ReadsSixteenBytes() {
    Request request =
        Request.of(Opcode.INIT, 0).int32(7).int32(31).int32(0).int32((int) InitFlags.INIT_EXT);

    assertThat(succeeding(request).getInt(4)).isEqualTo(31);
  }

  @Test
  void initRefusesAKernelThatIsTooOld() throws InterruptedException {
    assertThat(error(Request.init(7, 30, EVERYTHING))).isEqualTo(Errno.EPROTO);
    assertThat(session.awaitInit(Duration.ZERO)).isTrue();
    assertThat(session.refusal()).hasValue("the kernel speaks FUSE 7.30, want 7.31 or later");
  }

  @Test
  void initAnswersANewerMajorWithOursAndWaitsForTheNextInit() throws InterruptedException {
    assertThat(succeeding(Request.init(8, 0, EVERYTHING)).getInt(0)).isEqualTo(7);
    assertThat(session.awaitInit(Duration.ZERO)).isFalse();
  }

  @Test
  void nothingIsAnsweredBeforeInit() {
    assertThat(error(Request.of(Opcode.STATFS, 1))).isEqualTo(Errno.EIO);
  }

  @Test
  void lookupGivesTheEntryByteByByte() {
    init();

    ByteBuffer entry = succeeding(Request.of(Opcode.LOOKUP, 1).name("hello"));

    assertThat(entry.remaining()).isEqualTo(128);
    assertThat(entry.getLong(0)).isEqualTo(HELLO);
    assertThat(entry.getLong(8)).isZero();
    assertThat(entry.getLong(16)).isEqualTo(Long.MAX_VALUE >> 1);
    assertThat(entry.getLong(24)).isEqualTo(Long.MAX_VALUE >> 1);
    assertThat(entry.getLong(32)).isZero();
    assertThat(entry.getLong(40)).isEqualTo(HELLO);
    assertThat(entry.getLong(48)).isEqualTo(5);
    assertThat(entry.getLong(56)).isEqualTo(1);
    assertThat(entry.getLong(64)).isEqualTo(1);
    assertThat(entry.getLong(72)).isEqualTo(1);
    assertThat(entry.getLong(80)).isEqualTo(1);
    assertThat(entry.getInt(100)).isEqualTo(0100444);
    assertThat(entry.getInt(104)).isEqualTo(1);
    assertThat(entry.getInt(120)).isEqualTo(4096);
    assertThat(tree.lookupCount(HELLO)).isEqualTo(1);
  }

  @Test
  void lookupOfAMissingNameIsANegativeEntry() {
    init();

    ByteBuffer entry = succeeding(Request.of(Opcode.LOOKUP, 1).name("nothing"));

    assertThat(entry.getLong(0)).isZero();
    assertThat(entry.getLong(16)).isEqualTo(Long.MAX_VALUE >> 1);
  }

  @Test
  void lookupOf256BytesIsTooLong() {
    init();

    assertThat(error(Request.of(Opcode.LOOKUP, 1).name("x".repeat(256))))
        .isEqualTo(Errno.ENAMETOOLONG);
    assertThat(succeeding(Request.of(Opcode.LOOKUP, 1).name("x".repeat(255))).getLong(0)).isZero();
  }

  @Test
  void lookupOfANameWithoutEndIsInvalid() {
    init();

    assertThat(error(Request.of(Opcode.LOOKUP, 1).int32(0x61616161))).isEqualTo(Errno.EINVAL);
    assertThat(error(Request.of(Opcode.LOOKUP, 1).zeros(3))).isEqualTo(Errno.EINVAL);
  }

  @Test
  void forgetTakesLookupsBackWithoutReply() {
    init();
    succeeding(Request.of(Opcode.LOOKUP, 1).name("hello"));
    succeeding(Request.of(Opcode.LOOKUP, 1).name("hello"));

    silent(Request.of(Opcode.FORGET, HELLO).int64(2));

    assertThat(tree.lookupCount(HELLO)).isZero();
  }

  @Test
  void batchForgetTakesLookupsOfManyBack() {
    init();
    succeeding(Request.of(Opcode.LOOKUP, 1).name("hello"));
    succeeding(Request.of(Opcode.LOOKUP, 1).name("link"));

    silent(
        Request.of(Opcode.BATCH_FORGET, 0)
            .int32(2)
            .int32(0)
            .int64(HELLO)
            .int64(1)
            .int64(LINK)
            .int64(1));

    assertThat(tree.lookupCount(HELLO)).isZero();
    assertThat(tree.lookupCount(LINK)).isZero();
  }

  @Test
  void batchForgetThatClaimsMoreThanItHasForgetsNothing() {
    init();
    succeeding(Request.of(Opcode.LOOKUP, 1).name("hello"));

    silent(Request.of(Opcode.BATCH_FORGET, 0).int32(-1).int32(0).int64(HELLO).int64(1));

    assertThat(tree.lookupCount(HELLO)).isEqualTo(1);
  }

  @Test
  void getattrGivesAttributes() {
    init();

    ByteBuffer attr = succeeding(Request.of(Opcode.GETATTR, SUB).zeros(16));

    assertThat(attr.remaining()).isEqualTo(104);
    assertThat(attr.getLong(0)).isEqualTo(Long.MAX_VALUE >> 1);
    assertThat(attr.getLong(16)).isEqualTo(SUB);
    assertThat(attr.getInt(76)).isEqualTo(0040555);
  }

  @Test
  void readlinkGivesTheTargetWithoutNul() {
    init();

    assertThat(text(succeeding(Request.of(Opcode.READLINK, LINK)))).isEqualTo("hello");
  }

  @Test
  void openAndOpendirPassEnosysToAKernelThatOfferedToDoWithout() {
    init();

    assertThat(error(Request.of(Opcode.OPEN, HELLO).int64(0))).isEqualTo(Errno.ENOSYS);
    assertThat(error(Request.of(Opcode.OPENDIR, 1).int64(0))).isEqualTo(Errno.ENOSYS);
  }

  @Test
  void openAndOpendirSucceedWithoutHandleForAnotherKernel() {
    succeeding(Request.init(7, 31, 0));

    assertThat(succeeding(Request.of(Opcode.OPEN, HELLO).int64(0)).getLong(0)).isZero();
    assertThat(succeeding(Request.of(Opcode.OPENDIR, 1).int64(0)).remaining()).isEqualTo(16);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 01000})
  void openForWritingIsRefused(int flags) {
    init();

    assertThat(error(Request.of(Opcode.OPEN, HELLO).int32(flags).int32(0))).isEqualTo(Errno.EROFS);
  }

  @Test
  void readGivesTheSliceAndNothingAtTheEnd() {
    init();

    assertThat(text(succeeding(Request.read(Opcode.READ, HELLO, 1, 3)))).isEqualTo("ell");
    assertThat(text(succeeding(Request.read(Opcode.READ, HELLO, 3, 100)))).isEqualTo("lo");
    assertThat(succeeding(Request.read(Opcode.READ, HELLO, 5, 100)).remaining()).isZero();
    assertThat(succeeding(Request.read(Opcode.READ, HELLO, 1L << 40, 100)).remaining()).isZero();
  }

  @Test
  void readOfContentThatNeedsNoCopyGivesTheSameBytes() {
    long mapped = tree.file(1, "mapped", "mapped".getBytes(StandardCharsets.US_ASCII));
    init();

    assertThat(text(succeeding(Request.read(Opcode.READ, mapped, 1, 3)))).isEqualTo("app");
    assertThat(succeeding(Request.read(Opcode.READ, mapped, 6, 3)).remaining()).isZero();
  }

  @Test
  void readOfMoreThanAReplyHoldsOrFromBeforeTheStartIsInvalid() {
    init();

    assertThat(error(Request.read(Opcode.READ, HELLO, 0, (1 << 20) + 1))).isEqualTo(Errno.EINVAL);
    assertThat(error(Request.read(Opcode.READ, HELLO, 0, -1))).isEqualTo(Errno.EINVAL);
    assertThat(error(Request.read(Opcode.READ, HELLO, -1, 1))).isEqualTo(Errno.EINVAL);
  }

  @Test
  void readdirPacksEntriesAndGoesOnAtTheLastOffset() {
    init();

    ByteBuffer first = succeeding(Request.read(Opcode.READDIR, 1, 0, 70));

    assertThat(first.remaining()).isEqualTo(64); // hello and link, 24 + 8 bytes each
    assertThat(first.getLong(0)).isEqualTo(HELLO);
    assertThat(first.getLong(8)).isEqualTo(1);
    assertThat(first.getInt(16)).isEqualTo(5);
    assertThat(first.getInt(20)).isEqualTo(8);
    assertThat(text(first.slice(24, 8))).isEqualTo("hello\0\0\0");
    assertThat(first.getLong(32)).isEqualTo(LINK);
    assertThat(first.getInt(52)).isEqualTo(10);

    ByteBuffer second = succeeding(Request.read(Opcode.READDIR, 1, 2, 70));
    assertThat(second.getLong(0)).isEqualTo(SUB);
    assertThat(second.remaining()).isEqualTo(32);
    assertThat(succeeding(Request.read(Opcode.READDIR, 1, 3, 70)).remaining()).isZero();
  }

  @Test
  void readdirplusHasAnEntryBeforeEachNameAndCountsLookups() {
    init();

    ByteBuffer listing = succeeding(Request.read(Opcode.READDIRPLUS, 1, 0, 2 * 160 + 159));

    assertThat(listing.remaining()).isEqualTo(2 * 160);
    assertThat(listing.getLong(0)).isEqualTo(HELLO);
    assertThat(listing.getLong(128)).isEqualTo(HELLO);
    assertThat(listing.getInt(148)).isEqualTo(8);
    assertThat(listing.getLong(160)).isEqualTo(LINK);
    assertThat(tree.lookupCount(HELLO)).isEqualTo(1);
    assertThat(tree.lookupCount(SUB)).isZero();
  }

  @Test
  void statfsSaysNamesHave255Bytes() {
    init();

    ByteBuffer statfs = succeeding(Request.of(Opcode.STATFS, 1));

    assertThat(statfs.remaining()).isEqualTo(80);
    assertThat(statfs.getInt(40)).isEqualTo(4096);
    assertThat(statfs.getInt(44)).isEqualTo(255);
  }

  @Test
  void xattrsAreProbedForTheirSizeThenRead() {
    init();

    assertThat(xattr(0, "user.id").getInt(0)).isEqualTo(1);
    assertThat(text(xattr(1, "user.id"))).isEqualTo("2");
    assertThat(error(Request.of(Opcode.GETXATTR, HELLO).int32(9).int32(0).name("user.other")))
        .isEqualTo(Errno.ENODATA);
    assertThat(text(succeeding(Request.of(Opcode.LISTXATTR, HELLO).int32(8).int32(0))))
        .isEqualTo("user.id\0");
    assertThat(error(Request.of(Opcode.LISTXATTR, HELLO).int32(7).int32(0)))
        .isEqualTo(Errno.ERANGE);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "SETATTR",
        "SYMLINK",
        "MKNOD",
        "MKDIR",
        "UNLINK",
        "RMDIR",
        "RENAME",
        "LINK",
        "WRITE",
        "SETXATTR",
        "REMOVEXATTR",
        "CREATE",
        "FALLOCATE",
        "RENAME2",
        "COPY_FILE_RANGE",
        "COPY_FILE_RANGE_64",
        "TMPFILE"
      })
  void everyMutationIsRefusedAsReadOnly(Opcode opcode) {
    init();

    assertThat(error(Request.of(opcode, HELLO).zeros(64))).isEqualTo(Errno.EROFS);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 19, 25, 37, 39, 40, 46, 48, 50, 52, 54, 4096, -1, Integer.MIN_VALUE})
  void whatTheKernelCanDoItselfOrNobodyKnowsIsEnosys(int opcode) {
    init();

    assertThat(error(Request.of(opcode, HELLO).zeros(64))).isEqualTo(Errno.ENOSYS);
  }

  @Test
  void interruptGetsNoReplyAndDestroyAnEmptyOne() {
    init();

    silent(Request.of(Opcode.INTERRUPT, 0).int64(76));
    assertThat(succeeding(Request.of(Opcode.DESTROY, 0)).remaining()).isZero();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "UNKNOWN")
  void aBodyThatIsCutShortIsInvalid(Opcode opcode) {
    init();
    for (int bodyBytes = 0; bodyBytes < opcode.minimumBodyBytes(); bodyBytes++) {
      Request request = Request.of(opcode, 1).zeros(bodyBytes);
      if (opcode.expectsReply()) {
        assertThat(error(request)).isEqualTo(Errno.EINVAL);
      } else {
        silent(request);
      }
    }
  }

  @Test
  void aHeaderThatIsCutShortIsDropped() {
    for (int bytes = 0; bytes < 40; bytes++) {
      session.handle(Request.toSegment(new byte[bytes]), reply);
      assertThat(reply.isEmpty()).isTrue();
    }
  }

  @Test
  void aLengthOtherThanTheBytesIsAnError() {
    init();
    byte[] bytes = Request.of(Opcode.STATFS, 1).zeros(8).toBytes();
    bytes[0]--;

    session.handle(Request.toSegment(bytes), reply);

    assertThat(reply.isError()).isTrue();
  }

  @Test
  void anExtensionIsNotPartOfTheBody() {
    init();
    byte[] bytes = Request.of(Opcode.LOOKUP, 1).name("hello").zeros(10).toBytes();
    bytes[36] = 1; // 8 bytes of extension
    session.handle(Request.toSegment(bytes), reply);
    assertThat(reply.isError()).isFalse();

    bytes[36] = 2; // the name loses its end
    session.handle(Request.toSegment(bytes), reply);
    assertThat(reply.isError()).isTrue();

    bytes[37] = (byte) 0xff; // longer than the request
    session.handle(Request.toSegment(bytes), reply);
    assertThat(reply.isError()).isTrue();
  }

  private void init() {
    succeeding(Request.init(7, 45, EVERYTHING));
  }

  private ByteBuffer xattr(int sizeBytes, String name) {
    return succeeding(Request.of(Opcode.GETXATTR, HELLO).int32(sizeBytes).int32(0).name(name));
  }

  /// The payload of a successful reply.
  private ByteBuffer succeeding(Request request) {
    ByteBuffer bytes = handled(request);
    assertThat(bytes.getInt(4)).as("error").isZero();
    return bytes.slice(16, bytes.limit() - 16).order(ByteOrder.nativeOrder());
  }

  private Errno error(Request request) {
    ByteBuffer bytes = handled(request);
    assertThat(bytes.limit()).isEqualTo(16);
    for (Errno errno : Errno.values()) {
      if (errno.number() == -bytes.getInt(4)) {
        return errno;
      }
    }
    throw new AssertionError("error is " + bytes.getInt(4) + ", want a negated errno");
  }

  private ByteBuffer handled(Request request) {
    session.handle(request.toSegment(), reply);
    ByteBuffer bytes = ByteBuffer.wrap(reply.toBytes()).order(ByteOrder.nativeOrder());
    assertThat(bytes.limit()).isGreaterThanOrEqualTo(16);
    assertThat(bytes.getInt(0)).as("length").isEqualTo(bytes.limit());
    assertThat(bytes.getLong(8)).as("unique").isEqualTo(Request.UNIQUE);
    return bytes;
  }

  private void silent(Request request) {
    session.handle(request.toSegment(), reply);
    assertThat(reply.isEmpty()).isTrue();
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.ISO_8859_1.decode(bytes).toString();
  }
}
