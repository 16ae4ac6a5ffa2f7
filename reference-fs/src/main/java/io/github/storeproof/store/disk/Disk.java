package io.github.storeproof.store.disk;

import io.github.storeproof.posix.Posix;
import io.github.storeproof.posix.PosixException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;

/// Makes files and their names durable. *Immutable.*
public final class Disk {
  /// From so many files on, all of the filesystem is made durable at once.
  private static final int MANY = 16;

  private final Path root;
  // Others (tests have one in memory) know no descriptors.
  private final boolean isOfKernel;

  /// @param root a directory of the filesystem, which is there
  public Disk(Path root) {
    this.root = root;
    this.isOfKernel = root.getFileSystem().equals(FileSystems.getDefault());
  }

  /// Gives a file, which is on the disk, its name. Its directory is made when it is missing. None of
  /// these names is durable yet.
  ///
  /// @return whether its directory was made
  public static boolean place(Path file, Path target) throws IOException {
    try {
      move(file, target);
      return false;
    } catch (NoSuchFileException e) {
      boolean isMade = makeDirectory(target.resolveSibling(""));
      move(file, target);
      return isMade;
    }
  }

  private static void move(Path file, Path target) throws IOException {
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean makeDirectory(Path directory) throws IOException {
    try {
      Files.createDirectory(directory);
      return true;
    } catch (FileAlreadyExistsException _) {
      return false;
    }
  }

  /// Makes the content of files durable.
  public void syncContent(Collection<Path> files) throws IOException {
    if (isOfKernel && files.size() >= MANY) {
      syncFilesystem();
      return;
    }
    for (Path file : files) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
  }

  /// Makes the names in directories durable.
  public void syncNames(Collection<Path> directories) throws IOException {
    if (isOfKernel && directories.size() >= MANY) {
      syncFilesystem();
      return;
    }
    for (Path directory : directories) {
      syncDirectory(directory);
    }
  }

  /// Has the kernel write what waits in its memory, where it knows the filesystem.
  public void writeBack() throws IOException {
    if (isOfKernel) {
      syncFilesystem();
    }
  }

  private void syncDirectory(Path directory) throws IOException {
    if (isOfKernel) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private void syncFilesystem() throws IOException {
    Posix posix = new Posix();
    try {
      byte[] path = root.toString().getBytes(StandardCharsets.UTF_8);
      int fd = posix.openat(Posix.AT_FDCWD, path, Posix.O_RDONLY | Posix.O_DIRECTORY);
      try {
        posix.syncfs(fd);
      } finally {
        posix.close(fd);
      }
    } catch (PosixException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
