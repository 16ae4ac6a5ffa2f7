package io.github.storeproof.ci.faulty;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import jnr.ffi.Pointer;
import ru.serce.jnrfuse.FuseFillDir;
import ru.serce.jnrfuse.FuseStubFS;
import ru.serce.jnrfuse.struct.FileStat;
import ru.serce.jnrfuse.struct.FuseFileInfo;
import ru.serce.jnrfuse.struct.Statvfs;
import ru.serce.jnrfuse.struct.Timespec;

/// What libfuse 2 asks for, answered by a [PlainDirectory]. To make one takes a second of code generation; one that has been
/// unmounted can be mounted again. *Thread-safe.*
final class LibFuseMount extends FuseStubFS {
  private volatile PlainDirectory directory;

  /// Shows that directory first.
  LibFuseMount(PlainDirectory directory) {
    this.directory = directory;
  }

  /// Serves a directory until it is unmounted.
  ///
  /// @param arguments as of any libfuse program
  void serve(PlainDirectory shown, Path point, String... arguments) {
    directory = shown;
    mount(point, true, false, arguments);
    mounted.set(false);
    shown.closeAll();
  }

  /// Something that gives a number or fails with one.
  @FunctionalInterface
  private interface Answer {
    int give() throws Failure;
  }

  private static int answer(Answer answer) {
    try {
      return answer.give();
    } catch (Failure failure) {
      return -failure.errno();
    } catch (RuntimeException e) {
      e.printStackTrace();
      return -Failure.EIO;
    }
  }

  @Override
  public int getattr(String path, FileStat out) {
    return answer(() -> {
      put(directory.getattr(path), out);
      return 0;
    });
  }

  private static void put(Attributes from, FileStat out) {
    out.st_ino.set(from.ino());
    out.st_mode.set(from.mode());
    out.st_nlink.set(from.linkCount());
    out.st_uid.set(from.owner());
    out.st_gid.set(0);
    out.st_size.set(from.sizeBytes());
    out.st_blocks.set(from.blockCount());
    out.st_blksize.set(4096);
    out.st_mtim.tv_sec.set(from.modifiedSeconds());
    out.st_atim.tv_sec.set(from.modifiedSeconds());
    out.st_ctim.tv_sec.set(from.modifiedSeconds());
  }

  @Override
  public int readlink(String path, Pointer buffer, long sizeBytes) {
    return answer(() -> {
      byte[] target = directory.readlink(path);
      int length = (int) Math.min(target.length, sizeBytes - 1);
      buffer.put(0, target, 0, length);
      buffer.putByte(length, (byte) 0);
      return 0;
    });
  }

  @Override
  public int open(String path, FuseFileInfo info) {
    return answer(() -> {
      info.fh.set(directory.open(path, info.flags.get()));
      return 0;
    });
  }

  @Override
  public int read(String path, Pointer buffer, long size, long offset, FuseFileInfo info) {
    return answer(() -> {
      byte[] data = directory.read(path, info.fh.get(), offset, (int) size);
      buffer.put(0, data, 0, data.length);
      return data.length;
    });
  }

  @Override
  public int release(String path, FuseFileInfo info) {
    return answer(() -> {
      directory.release(info.fh.get());
      return 0;
    });
  }

  @Override
  public int opendir(String path, FuseFileInfo info) {
    return answer(() -> {
      info.fh.set(directory.opendir(path));
      return 0;
    });
  }

  @Override
  public int releasedir(String path, FuseFileInfo info) {
    return answer(() -> {
      directory.releasedir(info.fh.get());
      return 0;
    });
  }

  @Override
  public int readdir(
      String path, Pointer buffer, FuseFillDir filler, long offset, FuseFileInfo info) {
    return answer(() -> {
      FileStat stat = PlainDirectory.newStatus();
      Pointer memory = FileStat.getMemory(stat);
      directory.fill(
          path,
          info.fh.get(),
          offset,
          (entry, next) -> {
            put(entry.attributes(), stat);
            byte[] name = PlainDirectory.bytes(entry.name() + '\0');
            return filler.apply(buffer, ByteBuffer.wrap(name), memory, next) == 0;
          });
      return 0;
    });
  }

  @Override
  public int statfs(String path, Statvfs out) {
    return answer(() -> {
      Space space = directory.statfs();
      out.f_bsize.set(space.blockSizeBytes());
      out.f_frsize.set(space.blockSizeBytes());
      out.f_blocks.set(space.blockCount());
      out.f_namemax.set(space.longestNameBytes());
      return 0;
    });
  }

  @Override
  public int getxattr(String path, String name, Pointer buffer, long sizeBytes) {
    return answer(() -> copied(directory.getxattr(path, name), buffer, sizeBytes));
  }

  @Override
  public int listxattr(String path, Pointer buffer, long sizeBytes) {
    return answer(() -> copied(directory.listxattr(path), buffer, sizeBytes));
  }

  private static int copied(byte[] value, Pointer buffer, long sizeBytes) throws Failure {
    if (sizeBytes == 0) {
      return value.length;
    }
    if (value.length > sizeBytes) {
      throw new Failure(Failure.ERANGE);
    }
    buffer.put(0, value, 0, value.length);
    return value.length;
  }

  private int change(String call, String path) {
    return answer(() -> {
      directory.change(call, path);
      return 0;
    });
  }

  @Override
  public int mkdir(String path, long mode) {
    return change("mkdir", path);
  }

  @Override
  public int mknod(String path, long mode, long device) {
    return change("mknod", path);
  }

  @Override
  public int unlink(String path) {
    return change("unlink", path);
  }

  @Override
  public int rmdir(String path) {
    return change("rmdir", path);
  }

  @Override
  public int symlink(String target, String path) {
    return change("symlink", path);
  }

  @Override
  public int rename(String from, String to) {
    return answer(() -> {
      directory.rename(from, to);
      return 0;
    });
  }

  @Override
  public int link(String from, String to) {
    return change("link", to);
  }

  @Override
  public int chmod(String path, long mode) {
    return change("chmod", path);
  }

  @Override
  public int chown(String path, long user, long group) {
    return change("chown", path);
  }

  @Override
  public int truncate(String path, long sizeBytes) {
    return change("truncate", path);
  }

  @Override
  public int utimens(String path, Timespec[] times) {
    return change("utimens", path);
  }

  @Override
  public int setxattr(String path, String name, Pointer value, long sizeBytes, int flags) {
    return change("setxattr", path);
  }

  @Override
  public int removexattr(String path, String name) {
    return change("removexattr", path);
  }

  @Override
  public int write(String path, Pointer data, long size, long offset, FuseFileInfo info) {
    return answer(() -> {
      directory.change("write", path);
      return (int) size;
    });
  }
}
