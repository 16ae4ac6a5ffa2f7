package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.AT_SYMLINK_NOFOLLOW;
import static io.github.storeproof.conformance.prober.Linux.O_APPEND;
import static io.github.storeproof.conformance.prober.Linux.O_CREAT;
import static io.github.storeproof.conformance.prober.Linux.O_EXCL;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.O_RDWR;
import static io.github.storeproof.conformance.prober.Linux.O_TMPFILE;
import static io.github.storeproof.conformance.prober.Linux.O_TRUNC;
import static io.github.storeproof.conformance.prober.Linux.O_WRONLY;
import static io.github.storeproof.conformance.prober.Linux.RENAME_EXCHANGE;
import static io.github.storeproof.conformance.prober.Linux.RENAME_NOREPLACE;
import static io.github.storeproof.conformance.prober.Linux.S_IFBLK;
import static io.github.storeproof.conformance.prober.Linux.S_IFCHR;
import static io.github.storeproof.conformance.prober.Linux.S_IFIFO;
import static io.github.storeproof.conformance.prober.Linux.S_IFREG;
import static io.github.storeproof.conformance.prober.Linux.S_IFSOCK;
import static io.github.storeproof.conformance.prober.Linux.UTIME_NOW;
import static io.github.storeproof.conformance.prober.Linux.UTIME_OMIT;
import static io.github.storeproof.conformance.prober.Linux.XATTR_CREATE;
import static io.github.storeproof.conformance.prober.Linux.XATTR_REPLACE;

import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.Slot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// The calls that would change a node or a directory: all of those that Linux has.
final class Mutations {
  private static final byte[] NEW = "storeproof-new".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] VALUE = {1, 2, 3};

  private final List<Mutation> all = new ArrayList<>();

  private Mutations() {}

  /// Those on a regular file.
  static List<Mutation> ofFile(byte[] path, long sizeBytes) {
    Mutations mutations = new Mutations();
    Arg file = Arg.path(path);
    mutations.add("open for writing", calls -> calls.open(path, O_WRONLY));
    mutations.add("open for reading and writing", calls -> calls.open(path, O_RDWR));
    mutations.add("open for appending", calls -> calls.open(path, O_WRONLY | O_APPEND));
    mutations.add("open with O_TRUNC for writing", calls -> calls.open(path, O_WRONLY | O_TRUNC));
    mutations.add("open with O_TRUNC for reading", calls -> calls.open(path, O_RDONLY | O_TRUNC));
    mutations.add(
        "open with O_CREAT for writing", calls -> calls.open(file, O_RDWR | O_CREAT, 0644));
    mutations.add("truncate to 0", calls -> calls.truncate(file, 0));
    mutations.add("truncate to a larger size", calls -> calls.truncate(file, 1L << 20));
    mutations.add("unlink", calls -> calls.unlink(file));
    mutations.add("link to a new name", calls -> calls.link(file, Arg.path(sibling(path)), 0));
    mutations.add("truncate to the size that it has", calls -> calls.truncate(file, sizeBytes));
    mutations.addAttributes(file);
    mutations.addRenames(path);
    return mutations.all;
  }

  /// Those that put a node in the place of another of its kind.
  static List<Mutation> replacing(byte[] path, byte[] other) {
    Mutations mutations = new Mutations();
    Arg from = Arg.path(path);
    Arg to = Arg.path(other);
    mutations.add("rename onto another", calls -> calls.rename(from, to, 0));
    mutations.optional("exchange with another", calls -> calls.rename(from, to, RENAME_EXCHANGE));
    return mutations.all;
  }

  /// Those on a file by way of a link to it.
  static List<Mutation> throughLink(byte[] path) {
    Mutations mutations = new Mutations();
    Arg link = Arg.path(path);
    mutations.add("open for writing through a link", calls -> calls.open(path, O_WRONLY));
    mutations.add(
        "open with O_TRUNC through a link", calls -> calls.open(path, O_RDONLY | O_TRUNC));
    mutations.add(
        "open with O_CREAT through a link", calls -> calls.open(link, O_RDWR | O_CREAT, 0644));
    mutations.add("truncate through a link", calls -> calls.truncate(link, 0));
    mutations.add("chmod through a link", calls -> calls.chmod(link, 0777));
    return mutations.all;
  }

  /// Making what a dangling link leads to.
  static Mutation throughDanglingLink(byte[] path) {
    return new Mutation(
        "create a file through a dangling link",
        calls -> calls.open(Arg.path(path), O_WRONLY | O_CREAT, 0644),
        false);
  }

  /// Those on a directory and in it.
  static List<Mutation> ofDirectory(byte[] path) {
    Mutations mutations = new Mutations();
    Arg directory = Arg.path(path);
    Arg fresh = Arg.path(join(path, NEW));
    mutations.add("create a file", calls -> calls.open(fresh, O_WRONLY | O_CREAT, 0644));
    mutations.add(
        "create a file with O_EXCL", calls -> calls.open(fresh, O_RDWR | O_CREAT | O_EXCL, 0644));
    mutations.add(
        "create a file for reading", calls -> calls.open(fresh, O_RDONLY | O_CREAT, 0444));
    mutations.add("mkdir", calls -> calls.mkdir(fresh, 0755));
    mutations.add("symlink", calls -> calls.symlink(VALUE, fresh));
    mutations.add("mknod of a regular file", calls -> calls.mknod(fresh, S_IFREG | 0644, 0));
    mutations.add("mknod of a fifo", calls -> calls.mknod(fresh, S_IFIFO | 0644, 0));
    mutations.add("mknod of a socket", calls -> calls.mknod(fresh, S_IFSOCK | 0644, 0));
    mutations.optional(
        "open with O_TMPFILE", calls -> calls.open(directory, O_TMPFILE | O_RDWR, 0600));
    mutations.addAttributes(directory);
    return mutations.all;
  }

  /// Making devices, which needs root.
  static List<Mutation> devices(byte[] directory) {
    Mutations mutations = new Mutations();
    Arg fresh = Arg.path(join(directory, NEW));
    mutations.add(
        "mknod of a character device", calls -> calls.mknod(fresh, S_IFCHR | 0600, 0x103));
    mutations.add("mknod of a block device", calls -> calls.mknod(fresh, S_IFBLK | 0600, 0x700));
    return mutations.all;
  }

  /// Those that take a directory away.
  static List<Mutation> removing(byte[] path) {
    Mutations mutations = new Mutations();
    mutations.add("rmdir", calls -> calls.rmdir(Arg.path(path)));
    mutations.addRenames(path);
    return mutations.all;
  }

  /// Those on a symbolic link itself.
  static List<Mutation> ofLink(byte[] path) {
    Mutations mutations = new Mutations();
    Arg link = Arg.path(path);
    mutations.add("unlink", calls -> calls.unlink(link));
    mutations.add("lchown", calls -> calls.chown(link, 1, 1, AT_SYMLINK_NOFOLLOW));
    mutations.add(
        "utimensat of the link", calls -> calls.utimens(link, 5, 0, 5, 0, AT_SYMLINK_NOFOLLOW));
    mutations.addRenames(path);
    return mutations.all;
  }

  /// Those through a descriptor that was opened for reading.
  static List<Mutation> throughDescriptor(byte[] path, boolean directory) {
    Mutations mutations = new Mutations();
    mutations.onDescriptor("fchmod", path, (calls, fd) -> calls.fchmod(fd, 0777));
    mutations.onDescriptor("fchown", path, (calls, fd) -> calls.fchown(fd, 1, 1));
    mutations.onDescriptor("futimens", path, (calls, fd) -> calls.futimens(fd, 5, 0, 5, 0));
    if (directory) {
      mutations.onDescriptor(
          "openat with O_CREAT",
          path,
          (calls, fd) -> calls.openat(fd, Arg.raw(NEW), O_RDWR | O_CREAT, 0644));
    }
    return mutations.all;
  }

  private void addAttributes(Arg node) {
    add("chmod", calls -> calls.chmod(node, 0777));
    add("chown", calls -> calls.chown(node, 1, 1, 0));
    add("utimensat", calls -> calls.utimens(node, 5, 0, 5, 0, 0));
    add("utimensat to now", calls -> calls.utimens(node, 0, UTIME_NOW, 0, UTIME_NOW, 0));
    add("utimensat of one time", calls -> calls.utimens(node, 0, UTIME_OMIT, 0, UTIME_NOW, 0));
    for (int flags : new int[] {0, XATTR_CREATE, XATTR_REPLACE}) {
      optional("setxattr", calls -> calls.setxattr(node, "user.storeproof", VALUE, flags));
    }
    optional("removexattr", calls -> calls.removexattr(node, "user.storeproof"));
  }

  private void addRenames(byte[] path) {
    Arg from = Arg.path(path);
    Arg to = Arg.path(sibling(path));
    add("rename", calls -> calls.rename(from, to, 0));
    add("rename without replacing", calls -> calls.rename(from, to, RENAME_NOREPLACE));
    optional("rename onto itself by exchange", calls -> calls.rename(from, from, RENAME_EXCHANGE));
  }

  private void add(String name, Function<Script.Builder, Slot> call) {
    all.add(new Mutation(name, call, false));
  }

  private void optional(String name, Function<Script.Builder, Slot> call) {
    all.add(new Mutation(name, call, true));
  }

  private interface OnDescriptor {
    Slot call(Script.Builder calls, Slot fd);
  }

  private void onDescriptor(String name, byte[] path, OnDescriptor call) {
    add(
        name,
        calls -> {
          Slot fd = calls.open(path, O_RDONLY);
          Slot made = call.call(calls, fd);
          calls.close(fd);
          return made;
        });
  }

  /// A name beside the given one that is not there.
  private static byte[] sibling(byte[] path) {
    int slash = path.length - 1;
    while (slash >= 0 && path[slash] != '/') {
      slash--;
    }
    return slash < 0 ? NEW : join(Arrays.copyOf(path, slash), NEW);
  }

  static byte[] join(byte[] directory, byte[] name) {
    if (directory.length == 0) {
      return name.clone();
    }
    byte[] path = Arrays.copyOf(directory, directory.length + 1 + name.length);
    path[directory.length] = '/';
    System.arraycopy(name, 0, path, directory.length + 1, name.length);
    return path;
  }
}
