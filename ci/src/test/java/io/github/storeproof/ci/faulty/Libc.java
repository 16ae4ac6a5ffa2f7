package io.github.storeproof.ci.faulty;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.types.off_t;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;

/// The C library's calls on files. Paths end with a NUL.
public interface Libc {
  /// The library of this process.
  Libc C = LibraryLoader.create(Libc.class).load("c");

  int lstat(@In byte[] path, Pointer status);

  @ssize_t
  long readlink(@In byte[] path, @Out byte[] target, @size_t long sizeBytes);

  int open(@In byte[] path, int flags);

  @ssize_t
  long pread(int file, @Out byte[] data, @size_t long sizeBytes, @off_t long offsetBytes);

  int close(int file);

  Pointer opendir(@In byte[] path);

  Pointer readdir(Pointer directory);

  int closedir(Pointer directory);
}
