package io.github.storeproof.conformance.prober;

import static io.github.storeproof.conformance.prober.Linux.MAP_PRIVATE;
import static io.github.storeproof.conformance.prober.Linux.MAP_SHARED;
import static io.github.storeproof.conformance.prober.Linux.O_CLOEXEC;
import static io.github.storeproof.conformance.prober.Linux.O_DIRECTORY;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.PROT_READ;
import static io.github.storeproof.conformance.prober.Linux.STATX_BASIC_STATS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.storeproof.model.Blake3;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One prober over this tree:
///
/// ```
/// a        "hello world"
/// dir/     0 … 299
/// link     -> a
/// ```
class ProberTest {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final byte[] HELLO = "hello world".getBytes(StandardCharsets.UTF_8);

  @TempDir private static Path root;
  private static Prober prober;

  @BeforeAll
  static void start() throws IOException {
    Files.write(root.resolve("a"), HELLO);
    Files.createSymbolicLink(root.resolve("link"), Path.of("a"));
    Files.createDirectory(root.resolve("dir"));
    for (int index = 0; index < 300; index++) {
      Files.createFile(root.resolve("dir/" + index));
    }
    prober = Prober.start(root.toString().getBytes(StandardCharsets.UTF_8));
  }

  @AfterAll
  static void stop() {
    prober.close();
  }

  private static Observations run(Script.Builder script) throws ProberHung, ProberDied {
    return prober.run(script.build(), DEADLINE);
  }

  @Test
  void openReadCloseReadLikeC() throws Exception {
    Script.Builder s = Script.builder();
    Slot fd = s.open("a", O_RDONLY);
    Slot middle = s.pread(fd, 4096, 6);
    Slot first = s.read(fd, 5);
    Slot closed = s.close(fd);
    Slot late = s.read(fd, 5);
    Observations o = run(s);

    assertThat(o.bytes(middle)).isEqualTo("world".getBytes(StandardCharsets.UTF_8));
    assertThat(o.bytes(first)).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
    assertThat(o.result(closed)).isZero();
    assertThat(o.errno(late)).isEqualTo(Errno.EBADF);
    assertThat(o.result(late)).isEqualTo(-1);
  }

  @Test
  void aCallOnTheResultOfAFailedCallFailsAsInC() throws Exception {
    Script.Builder s = Script.builder();
    Slot fd = s.open("missing", O_RDONLY);
    Slot read = s.read(fd, 5);
    Observations o = run(s);

    assertThat(o.errno(fd)).isEqualTo(Errno.ENOENT);
    assertThat(o.errno(read)).isEqualTo(Errno.EBADF);
  }

  @Test
  void attributesAgreeBetweenStatAndStatx() throws Exception {
    Script.Builder s = Script.builder();
    Slot stat = s.lstat("a");
    Slot statx = s.statx("a", STATX_BASIC_STATS);
    Slot link = s.lstat("link");
    Slot target = s.stat("link");
    Slot text = s.readlink("link");
    Slot fs = s.statfs("a");
    Observations o = run(s);

    assertThat(o.stat(stat).size()).isEqualTo(11);
    assertThat(o.stat(stat).isRegular()).isTrue();
    assertThat(o.stat(stat).permissions()).isEqualTo(o.statx(statx).permissions());
    assertThat(o.stat(stat).ino()).isEqualTo(o.statx(statx).ino());
    assertThat(o.stat(stat).dev()).isEqualTo(o.statx(statx).dev());
    assertThat(o.stat(stat).mtime()).isEqualTo(o.statx(statx).mtime());
    assertThat(o.stat(link).isSymlink()).isTrue();
    assertThat(o.stat(target)).isEqualTo(o.stat(stat));
    assertThat(o.bytes(text)).isEqualTo(new byte[] {'a'});
    assertThat(o.statfs(fs).nameMax()).isEqualTo(255);
  }

  @Test
  void listsWithSmallBuffersAndSeeks() throws Exception {
    Script.Builder s = Script.builder();
    Slot fd = s.open("dir", O_RDONLY | O_DIRECTORY);
    Slot all = s.listAll(fd, 1024, 1000);
    s.seekdir(fd, 0);
    Slot first = s.getdents(fd, 1024);
    s.seekdirBehind(fd, all, 99);
    Slot rest = s.listAll(fd, 32_768, 1000);
    Observations o = run(s);

    Set<String> names =
        o.dirents(all).stream().map(entry -> entry.name().toString()).collect(Collectors.toSet());
    assertThat(names).hasSize(302).contains("0", "299", ".", "..");
    assertThat(o.direntBlocks(all).size()).isGreaterThan(5);
    assertThat(o.result(all)).isZero();
    assertThat(o.dirents(first)).isEqualTo(o.direntBlocks(all).getFirst());
    assertThat(o.dirents(rest)).isEqualTo(o.dirents(all).subList(100, 302));
  }

  @Test
  void readAllDigests() throws Exception {
    Script.Builder s = Script.builder();
    Slot fd = s.open("a", O_RDONLY);
    Slot all = s.readAll(fd, 4, 5);
    Slot directory = s.readAll(s.open("dir", O_RDONLY), 4);
    Observations o = run(s);

    assertThat(o.at(all).readAll().lengthBytes()).isEqualTo(11);
    assertThat(o.at(all).readAll().digest()).isEqualTo(Blake3.hash(HELLO));
    assertThat(o.at(all).readAll().head()).isEqualTo(Bytes.of("hello"));
    assertThat(o.at(all).readAll().readsBytes()).containsExactly(4, 4, 3);
    assertThat(o.errno(directory)).isEqualTo(Errno.EISDIR);
    assertThat(o.at(directory).readAll().lengthBytes()).isZero();
  }

  @Test
  void aFaultInAMappingIsAnObservation() throws Exception {
    Script.Builder s = Script.builder();
    Slot fd = s.open("a", O_RDONLY);
    Slot map = s.mapRead(fd, 8192, 0, MAP_PRIVATE);
    Slot page = s.mapRead(fd, 4096, 0, MAP_SHARED);
    Slot address = s.mmap(4096, PROT_READ, MAP_PRIVATE, fd, 0);
    Slot peek = s.peek(address, 6, 5);
    Observations o = run(s);

    assertThat(o.errno(map)).isEqualTo(Errno.EFAULT);
    assertThat(o.bytes(map)).hasSize(4096).startsWith(HELLO).endsWith(new byte[4096 - 11]);
    assertThat(o.result(page)).isEqualTo(4096);
    assertThat(o.bytes(peek)).isEqualTo("world".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void programsRunWithRawArguments() throws Exception {
    Script.Builder s = Script.builder();
    Slot echo =
        s.spawn(
            Arg.raw("/bin/sh"),
            List.of(
                Arg.raw("sh"),
                Arg.raw("-c"),
                Arg.raw("echo \"$1$V\"; echo no >&2; exit 3"),
                Arg.raw("sh"),
                Arg.raw(new byte[] {(byte) 0xe9})),
            List.of("V=v"));
    Slot killed =
        s.spawn(
            Arg.raw("/bin/sh"),
            List.of(Arg.raw("sh"), Arg.raw("-c"), Arg.raw("kill -9 $$")),
            List.of());
    Slot denied = s.spawn("a");
    Slot missing = s.spawn("missing");
    Observations o = run(s);

    assertThat(o.at(echo).exit().code()).hasValue(3);
    assertThat(o.at(echo).exit().stdout().toArray()).isEqualTo(new byte[] {(byte) 0xe9, 'v', '\n'});
    assertThat(o.at(echo).exit().stderr()).isEqualTo(Bytes.of("no\n"));
    assertThat(o.at(killed).exit().signal()).hasValue(9);
    assertThat(o.errno(denied)).isEqualTo(Errno.EACCES);
    assertThat(o.errno(missing)).isEqualTo(Errno.ENOENT);
  }

  @Test
  void threadsShareTheDescriptorsOfTheScriptAroundThem() throws Exception {
    Script.Builder s = Script.builder();
    Slot fd = s.open("a", O_RDONLY);
    Slot[] read = new Slot[8];
    Slot threads =
        s.parallel(
            8,
            200,
            (t, number) -> {
              read[number] = t.pread(fd, 3, number);
              t.open("a", O_RDONLY);
            });
    Observations o = run(s);

    assertThat(o.result(threads)).isEqualTo(8);
    for (int number = 0; number < 8; number++) {
      ThreadRounds rounds = o.threads(threads).get(number);
      assertThat(rounds.allEqual()).isTrue();
      assertThat(rounds.times()).containsExactly(200);
      assertThat(rounds.first().bytes(read[number]))
          .isEqualTo(Arrays.copyOfRange(HELLO, number, number + 3));
    }
  }

  @Test
  void anotherProcessSharesTheFilePosition() throws Exception {
    Script.Builder s = Script.builder();
    Slot fd = s.open("a", O_RDONLY | O_CLOEXEC);
    s.read(fd, 6);
    Slot[] inner = new Slot[2];
    Slot other =
        s.otherProcess(p -> {
          inner[0] = p.call("getpid");
          inner[1] = p.read(fd, 2);
        });
    Slot rest = s.read(fd, 100);
    Observations o = run(s);

    assertThat(o.inner(other).bytes(inner[1])).isEqualTo("wo".getBytes(StandardCharsets.UTF_8));
    assertThat(o.inner(other).result(inner[0])).isNotEqualTo(prober.pid());
    assertThat(o.bytes(rest)).isEqualTo("rld".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theWorkingDirectoryComesBack() throws Exception {
    Script.Builder s = Script.builder();
    s.chdir("dir");
    Slot inside = s.getcwd();
    Observations o = run(s);
    Script.Builder next = Script.builder();
    Slot after = next.getcwd();

    assertThat(o.at(inside).text())
        .isEqualTo(root.resolve("dir").toRealPath().toString().getBytes(StandardCharsets.UTF_8));
    assertThat(run(next).at(after).text()).isEqualTo(new byte[] {'/'});
  }

  @Test
  void descriptorsLeftOpenAreClosed() throws Exception {
    Script.Builder s = Script.builder();
    Slot fd = s.open("a", O_RDONLY);
    s.dup(fd);
    s.pipe();
    long first = run(s).result(fd);
    assertThat(run(s).result(fd)).isEqualTo(first);
  }

  @Test
  void pipesCarryBytesBetweenCalls() throws Exception {
    Script.Builder s = Script.builder();
    Slot fd = s.open("a", O_RDONLY);
    Slot pipe = s.pipe();
    Slot spliced = s.splice(fd, 0, s.writeEnd(pipe), 5);
    Slot read = s.read(s.readEnd(pipe), 100);
    Slot memory = s.memfd();
    Slot sent = s.sendfile(memory, fd, 6, 100);
    Slot copied = s.pread(memory, 100, 0);
    Observations o = run(s);

    assertThat(o.result(spliced)).isEqualTo(5);
    assertThat(o.bytes(read)).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
    assertThat(o.result(sent)).isEqualTo(5);
    assertThat(o.bytes(copied)).isEqualTo("world".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aRingReadsSeveralPartsAtOnce() throws Exception {
    Script.Builder s = Script.builder();
    Slot fd = s.open("a", O_RDONLY);
    Slot reads =
        s.ringReads(
            fd, List.of(new Call.Range(6, 100), new Call.Range(0, 5), new Call.Range(99, 1)));
    Slot ofNothing = s.ringReads(Arg.num(-1), List.of(new Call.Range(0, 1)));
    Observations o = run(s);

    assumeThat(o.errno(reads)).as("io_uring here").isEqualTo(Errno.NONE);
    assertThat(o.at(reads).outs())
        .extracting(Bytes::toString)
        .containsExactly(
            "\\x05\\x00\\x00\\x00".repeat(2) + "\\x00".repeat(4), "world", "hello", "");
    assertThat(o.at(reads).ringResult(1)).isEqualTo(5);
    assertThat(o.at(ofNothing).ringResult(0)).isEqualTo(-Errno.EBADF.number());
  }

  @Test
  void tooMuchOutputIsRefusedAndTheProberLives() throws Exception {
    Script.Builder s = Script.builder();
    Slot zero = s.open(Arg.raw("/dev/zero"), O_RDONLY, 0);
    s.read(zero, Arg.MAX_BUFFER_BYTES);
    s.read(zero, Arg.MAX_BUFFER_BYTES);

    assertThatThrownBy(() -> run(s))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("exceed");
    assertThat(prober.isAlive()).isTrue();
  }

  @Test
  void sixtyMegabytesComeBack() throws Exception {
    Script.Builder s = Script.builder();
    Slot zero = s.open(Arg.raw("/dev/zero"), O_RDONLY, 0);
    Slot read = s.read(zero, 60 << 20);

    assertThat(run(s).bytes(read)).hasSize(60 << 20);
  }

  @Test
  void handlesLeadBackToTheirFile() throws Exception {
    Script.Builder s = Script.builder();
    Slot handle = s.nameToHandle(Arg.rootDir(), Arg.raw("a"), 0);
    Slot fd = s.openByHandle(s.open("", O_RDONLY | O_DIRECTORY), handle, O_RDONLY);
    Slot read = s.read(fd, 100);
    Observations o = run(s);

    assumeThat(o.errno(handle)).as("file handles here").isEqualTo(Errno.NONE);
    assumeThat(o.errno(fd)).as("the right to open by handle").isNotEqualTo(Errno.EPERM);
    assertThat(o.bytes(read)).isEqualTo(HELLO);
  }

  @Test
  void cachesAreDroppedOrTheReasonIsSeen() throws Exception {
    Script.Builder s = Script.builder();
    Slot drop = s.dropCaches();
    Observations o = run(s);

    assertThat(o.errno(drop)).isIn(Errno.NONE, Errno.EACCES, Errno.EROFS);
  }

  @Test
  void roundsThatDifferAreKeptApart() throws Exception {
    Script.Builder s = Script.builder();
    Slot fd = s.open("a", O_RDONLY);
    Slot[] read = new Slot[1];
    Slot threads = s.parallel(1, 5, (t, _) -> read[0] = t.read(fd, 4));
    ThreadRounds rounds = run(s).threads(threads).getFirst();

    assertThat(rounds.allEqual()).isFalse();
    assertThat(rounds.times()).containsExactly(1, 1, 1, 2);
    assertThat(rounds.distinct().get(2).bytes(read[0]))
        .isEqualTo("rld".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aPointerWhereANumberBelongsIsRefused() {
    Script.Builder s = Script.builder();
    s.listAll(Arg.raw("x"), 4096, 10);
    assertThatThrownBy(() -> run(s))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("want a number");
  }
}
