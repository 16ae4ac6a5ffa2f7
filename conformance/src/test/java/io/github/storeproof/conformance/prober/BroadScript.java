package io.github.storeproof.conformance.prober;

import static io.github.storeproof.conformance.prober.Linux.AT_EACCESS;
import static io.github.storeproof.conformance.prober.Linux.AT_EMPTY_PATH;
import static io.github.storeproof.conformance.prober.Linux.AT_SYMLINK_FOLLOW;
import static io.github.storeproof.conformance.prober.Linux.AT_SYMLINK_NOFOLLOW;
import static io.github.storeproof.conformance.prober.Linux.CLONE_FS;
import static io.github.storeproof.conformance.prober.Linux.FALLOC_FL_KEEP_SIZE;
import static io.github.storeproof.conformance.prober.Linux.FIONREAD;
import static io.github.storeproof.conformance.prober.Linux.F_GETFL;
import static io.github.storeproof.conformance.prober.Linux.F_RDLCK;
import static io.github.storeproof.conformance.prober.Linux.F_SETLK;
import static io.github.storeproof.conformance.prober.Linux.F_WRLCK;
import static io.github.storeproof.conformance.prober.Linux.IN_ALL_EVENTS;
import static io.github.storeproof.conformance.prober.Linux.LOCK_EX;
import static io.github.storeproof.conformance.prober.Linux.LOCK_NB;
import static io.github.storeproof.conformance.prober.Linux.MADV_POPULATE_READ;
import static io.github.storeproof.conformance.prober.Linux.MAP_PRIVATE;
import static io.github.storeproof.conformance.prober.Linux.MAP_SHARED;
import static io.github.storeproof.conformance.prober.Linux.O_CREAT;
import static io.github.storeproof.conformance.prober.Linux.O_DIRECT;
import static io.github.storeproof.conformance.prober.Linux.O_DIRECTORY;
import static io.github.storeproof.conformance.prober.Linux.O_EXCL;
import static io.github.storeproof.conformance.prober.Linux.O_NOFOLLOW;
import static io.github.storeproof.conformance.prober.Linux.O_PATH;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.O_RDWR;
import static io.github.storeproof.conformance.prober.Linux.O_TMPFILE;
import static io.github.storeproof.conformance.prober.Linux.O_WRONLY;
import static io.github.storeproof.conformance.prober.Linux.POLLIN;
import static io.github.storeproof.conformance.prober.Linux.POLLOUT;
import static io.github.storeproof.conformance.prober.Linux.POSIX_FADV_DONTNEED;
import static io.github.storeproof.conformance.prober.Linux.PROT_READ;
import static io.github.storeproof.conformance.prober.Linux.PROT_WRITE;
import static io.github.storeproof.conformance.prober.Linux.RENAME_NOREPLACE;
import static io.github.storeproof.conformance.prober.Linux.RESOLVE_NO_SYMLINKS;
import static io.github.storeproof.conformance.prober.Linux.R_OK;
import static io.github.storeproof.conformance.prober.Linux.SEEK_DATA;
import static io.github.storeproof.conformance.prober.Linux.SEEK_END;
import static io.github.storeproof.conformance.prober.Linux.SEEK_SET;
import static io.github.storeproof.conformance.prober.Linux.STATX_BASIC_STATS;
import static io.github.storeproof.conformance.prober.Linux.S_IFIFO;
import static io.github.storeproof.conformance.prober.Linux.TCGETS;
import static io.github.storeproof.conformance.prober.Linux.UTIME_OMIT;
import static io.github.storeproof.conformance.prober.Linux.W_OK;
import static io.github.storeproof.conformance.prober.Linux.X_OK;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A script with every kind of call and argument, whose observations are the same wherever it runs, over this tree:
///
/// ```
/// a        "hello world"
/// 5000     5,000 bytes
/// dir/     one … nine
/// link     -> a
/// ```
final class BroadScript {
  private BroadScript() {}

  static void installTree(Path root) throws IOException {
    Files.createDirectories(root);
    Files.writeString(root.resolve("a"), "hello world");
    Files.write(root.resolve("5000"), new byte[5000]);
    Files.createSymbolicLink(root.resolve("link"), Path.of("a"));
    Files.createDirectory(root.resolve("dir"));
    for (String name :
        List.of("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")) {
      Files.createFile(root.resolve("dir").resolve(name));
    }
    Files.setLastModifiedTime(root.resolve("a"), FileTime.fromMillis(1));
  }

  static void removeTree(Path root) throws IOException {
    try (Stream<Path> nodes = Files.walk(root)) {
      for (Path node : nodes.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(node);
      }
    }
  }

  static Script script() {
    return Script.of(s -> {
      reads(s);
      attributes(s);
      directories(s);
      mappings(s);
      composites(s);
      changes(s);
    });
  }

  private static void reads(Script.Builder s) {
    Slot fd = s.open("a", O_RDONLY);
    s.read(fd, 5);
    s.pread(fd, 100, 6);
    s.pread(fd, 100, -1);
    s.pread(fd, 100, 1L << 40);
    s.readv(fd, 3, 0, 10);
    s.preadv2(fd, List.of(4, 4), 1, 0);
    s.preadv(fd, List.of(2, 4), 6);
    s.ringReads(
        fd, List.of(new Call.Range(0, 5), new Call.Range(6, 100), new Call.Range(1L << 40, 9)));
    s.lseek(fd, -3, SEEK_END);
    s.lseek(fd, 0, SEEK_DATA);
    s.lseek(fd, 100, SEEK_DATA);
    s.readAll(s.dup(fd), 4, 5);
    s.fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    s.readahead(fd, 0, 100);
    Slot pipe = s.pipe();
    s.splice(fd, 0, s.writeEnd(pipe), 5);
    s.splice(fd, -1, s.writeEnd(pipe), 5);
    s.read(s.readEnd(pipe), 100);
    Slot memory = s.memfd();
    s.sendfile(memory, fd, 6, 100);
    s.sendfile(memory, fd, 100);
    s.copyFileRange(fd, 0, memory, 3);
    s.pread(memory, 100, 0);
    Slot direct = s.open("5000", O_RDONLY | O_DIRECT);
    s.pread(direct, 4096, 0);
    s.open(new byte[] {'n', (byte) 0xe9, '"', '\\'}, O_RDONLY);
    s.open("link", O_RDONLY | O_NOFOLLOW);
    s.open("a", O_RDONLY | O_DIRECTORY);
    s.openat2(Arg.cwd(), Arg.path("link"), O_RDONLY, RESOLVE_NO_SYMLINKS);
    s.poll(fd, POLLIN, 0);
    Slot epoll = s.epoll();
    s.epollAdd(epoll, fd, POLLIN);
    s.epollAdd(epoll, s.writeEnd(pipe), POLLOUT);
    s.epollWait(epoll, 0);
    s.dup3(fd, Arg.num(200), 0);
    s.select(200, 0);
    s.close(Arg.num(200));
    Slot sockets = s.socketpair();
    s.sendfile(s.writeEnd(sockets), fd, 0, 5);
    s.read(s.readEnd(sockets), 100);
    s.ioctl(fd, TCGETS, 64);
    s.ioctl(fd, FIONREAD, 4);
    s.flock(fd, LOCK_EX | LOCK_NB);
    s.fcntl(fd, F_GETFL, 0);
    s.fcntlLock(fd, F_SETLK, F_RDLCK, 0, 0);
    s.fcntlLock(fd, F_SETLK, F_WRLCK, 0, 0);
    s.fsync(fd);
    s.fdatasync(fd);
    s.close(fd);
    s.read(fd, 1);
  }

  private static void attributes(Script.Builder s) {
    s.stat("link");
    s.lstat("a");
    s.lstat("missing");
    s.lstat("a/");
    s.fstatat(Arg.rootDir(), Arg.raw("a"), 0);
    Slot path = s.open("a", O_PATH);
    s.fstat(path);
    s.statx("a", STATX_BASIC_STATS);
    s.statx(path, Arg.raw(""), AT_EMPTY_PATH, STATX_BASIC_STATS);
    s.readlink("link");
    s.readlink("a");
    s.readlinkat(Arg.rootDir(), Arg.raw("link"), 1);
    s.access("a", R_OK);
    s.access("a", X_OK);
    s.faccessat2(Arg.cwd(), Arg.path("a"), W_OK, AT_EACCESS);
    s.statfs("a");
    s.fstatfs(path);
    s.getxattr("a", "user.none", 10);
    s.lgetxattr(Arg.path("link"), "user.none", 10);
    s.fgetxattr(path, "user.none", 10);
    s.listxattr("a", 0);
    s.listxattr("a", 100);
    s.flistxattr(s.open("a", O_RDONLY), 100);
    Slot handle = s.nameToHandle(Arg.rootDir(), Arg.raw("missing"), 0);
    s.openByHandle(Arg.rootDir(), handle, O_RDONLY);
    s.inodeFlags(path);
  }

  private static void directories(Script.Builder s) {
    Slot fd = s.open("dir", O_RDONLY | O_DIRECTORY);
    Slot first = s.getdents(fd, 128);
    s.telldir(fd);
    s.getdents(fd, 10);
    Slot all = s.listAll(fd, 128, 100);
    s.seekdir(fd, 0);
    s.listAll(fd, 128, 1);
    s.seekdirBehind(fd, first, 1);
    s.listAll(fd, 4096, 100);
    s.seekdirBehind(fd, all, 1000);
    s.list("dir");
    s.list("a");
    s.openat(fd, "one", O_RDONLY);
    s.chdir("dir");
    s.getcwd();
    s.openat(Arg.cwd(), "one", O_RDONLY);
    s.restoreCwd();
    s.openat(Arg.cwd(), "one", O_RDONLY);
    s.fchdir(fd);
    s.openat(Arg.cwd(), "../a", O_RDONLY);
    s.restoreCwd();
  }

  private static void mappings(Script.Builder s) {
    Slot fd = s.open("5000", O_RDONLY);
    s.mapRead(fd, 5000, 0, MAP_PRIVATE);
    s.mapRead(fd, 20_000, 0, MAP_SHARED);
    s.mapRead(fd, 4096, 1, MAP_PRIVATE);
    s.mapRead(fd, 0, 0, MAP_PRIVATE);
    Slot address = s.mmap(8192, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    s.madvise(address, 8192, MADV_POPULATE_READ);
    s.preadInto(fd, address, 4096, 0);
    s.peek(address, 4090, 10);
    s.munmap(address, 8192);
    s.munmap(Arg.num(1), 4096);
    Slot inotify = s.inotify();
    s.inotifyAddWatch(inotify, Arg.path("a"), IN_ALL_EVENTS);
    s.poll(inotify, POLLIN, 0);
  }

  private static void composites(Script.Builder s) {
    Slot fd = s.open("a", O_RDONLY);
    s.spawn("a");
    s.spawn("missing");
    s.spawn(
        Arg.raw("/bin/sh"),
        List.of(
            Arg.raw("sh"),
            Arg.raw("-c"),
            Arg.raw("printf '%s' \"$1\" \"$V\"; echo no >&2; exit 3"),
            Arg.raw("sh"),
            Arg.path("a")),
        List.of("V=v"));
    s.spawn(
        Arg.raw("/bin/sh"),
        List.of(Arg.raw("sh"), Arg.raw("-c"), Arg.raw("kill -9 $$")),
        List.of());
    s.parallel(
        3,
        5,
        (t, number) -> {
          Slot own = t.open("a", O_RDONLY);
          t.pread(fd, 3, number);
          t.pread(own, 3, number);
        });
    s.onThread(t -> {
      t.unshare(CLONE_FS);
      t.chroot(Arg.path("dir"));
      t.list(Arg.raw("/"));
      t.lstat(Arg.raw("/a"));
    });
    s.lstat("a");
    s.asUser(
        65_534,
        65_534,
        t -> {
          t.call("geteuid");
          t.open("a", O_WRONLY);
          t.unlink(Arg.path("a"));
          t.mapRead(fd, 11, 0, MAP_PRIVATE);
          t.parallel(2, 1, (u, _) -> u.call("geteuid"));
        });
    s.call("geteuid");
    s.read(fd, 2);
    s.otherProcess(p -> {
      p.read(fd, 2);
      p.flock(p.open("a", O_RDONLY), LOCK_EX | LOCK_NB);
    });
    s.read(fd, 2);
    s.sleep(1);
  }

  private static void changes(Script.Builder s) {
    Slot fd = s.open("a", O_RDONLY);
    byte[] value = "x".getBytes(StandardCharsets.UTF_8);
    s.write(fd, value);
    s.pwrite(fd, value, 3);
    s.ftruncate(fd, 3);
    s.fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, 10);
    s.truncate(Arg.path("missing"), 3);
    s.open(Arg.path("a"), O_RDWR | O_CREAT | O_EXCL, 0644);
    s.open(Arg.path("missing"), O_TMPFILE | O_RDONLY, 0644);
    s.mkdir(Arg.path("a"), 0755);
    s.mkdir(Arg.path("made"), 0750);
    s.access("made", R_OK);
    s.rmdir(Arg.path("made"));
    s.mknod(Arg.path("fifo"), S_IFIFO | 0600, 0);
    s.unlink(Arg.path("fifo"));
    s.symlink(value, Arg.path("a"));
    s.link(Arg.path("a"), Arg.path("link"), AT_SYMLINK_FOLLOW);
    s.rename(Arg.path("a"), Arg.path("link"), RENAME_NOREPLACE);
    s.rmdir(Arg.path("dir"));
    s.chmod(Arg.path("missing"), 0777);
    s.chown(Arg.path("missing"), 1, 1, AT_SYMLINK_NOFOLLOW);
    s.utimens(Arg.path("a"), 5, 0, 7, 500, 0);
    s.utimensOmit(Arg.path("a"));
    s.utimens(Arg.path("a"), 5, 0, 7, UTIME_OMIT - 1, 0);
    s.lstat("a");
    s.setxattr(Arg.path("missing"), "user.x", value, 0);
    s.removexattr(Arg.path("a"), "user.none");
    s.syncfs(fd);
  }
}
