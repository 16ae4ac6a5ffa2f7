package io.github.storeproof.store.importer;

import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.SymlinkTarget;
import io.github.storeproof.posix.DirectoryEntry;
import io.github.storeproof.posix.FileKind;
import io.github.storeproof.posix.Posix;
import io.github.storeproof.posix.PosixException;
import io.github.storeproof.posix.RawPath;
import io.github.storeproof.store.blob.BlobService;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;

/// Goes through one tree, the names of each directory in ascending order, and says what it finds.
///
/// Depth costs memory, not stack or descriptors. *Confined* to its thread.
final class TreeWalker {
  private static final int OPEN_FILE = Posix.O_RDONLY | Posix.O_NOFOLLOW | Posix.O_NONBLOCK;
  private static final int OPEN_DIRECTORY = Posix.O_RDONLY | Posix.O_NOFOLLOW | Posix.O_DIRECTORY;

  private record Frame(TreePath path, Iterator<DirectoryEntry> entries) {}

  private final FileReaders readers;
  private final BlobService blobs;
  private final BlockingQueue<Step> steps;
  private final Posix posix = new Posix();
  private final DirectoryChain chain = new DirectoryChain(posix);
  private final Deque<Frame> frames = new ArrayDeque<>();

  TreeWalker(FileReaders readers, BlobService blobs, BlockingQueue<Step> steps) {
    this.readers = readers;
    this.blobs = blobs;
    this.steps = steps;
  }

  /// Walks the tree; the last step is [Step.End] or [Step.Failed], unless the thread is
  /// interrupted.
  void walk(RawPath root) {
    try (chain) {
      steps.put(walked(root));
    } catch (InterruptedException e) {
      // Whoever wanted the steps has gone.
      Thread.currentThread().interrupt();
    }
  }

  private Step walked(RawPath root) throws InterruptedException {
    TreePath path = TreePath.of(root);
    try {
      FileKind kind = at(path, () -> posix.status(Posix.AT_FDCWD, root.toBytes())).kind();
      visit(Posix.AT_FDCWD, root.toBytes(), kind, path);
      while (!frames.isEmpty()) {
        advance(frames.getLast());
      }
      return new Step.End();
    } catch (ImportException | RuntimeException e) {
      return new Step.Failed(e);
    }
  }

  private void advance(Frame frame) throws ImportException, InterruptedException {
    if (!frame.entries().hasNext()) {
      leave(frame);
      return;
    }
    DirectoryEntry entry = frame.entries().next();
    TreePath path = frame.path().child(entry.name());
    steps.put(new Step.Name(PathComponent.of(entry.name())));
    visit(chain.fd(), entry.name(), kindOf(entry, path), path);
  }

  private void leave(Frame frame) throws ImportException, InterruptedException {
    if (!at(frame.path(), chain::leave)) {
      throw new ImportException(frame.path().spelledOut(), "was moved while it was imported");
    }
    frames.removeLast();
    steps.put(new Step.Leave());
  }

  private FileKind kindOf(DirectoryEntry entry, TreePath path) throws ImportException {
    if (entry.kind() != FileKind.UNKNOWN) {
      return entry.kind();
    }
    return at(path, () -> posix.status(chain.fd(), entry.name())).kind();
  }

  private void visit(int directoryFd, byte[] name, FileKind kind, TreePath path)
      throws ImportException, InterruptedException {
    switch (kind) {
      case DIRECTORY -> enter(directoryFd, name, path);
      case REGULAR -> store(directoryFd, name, path);
      case SYMLINK -> {
        byte[] target = at(path, () -> posix.readlinkat(directoryFd, name));
        steps.put(new Step.Link(SymlinkTarget.of(target)));
      }
      case FIFO, SOCKET, CHARACTER_DEVICE, BLOCK_DEVICE, UNKNOWN ->
          throw new ImportException(
              path.spelledOut(),
              "is " + kind.words() + ", want a directory, a regular file or a symlink");
    }
  }

  private void enter(int directoryFd, byte[] name, TreePath path)
      throws ImportException, InterruptedException {
    List<DirectoryEntry> entries =
        at(
            path,
            () -> {
              chain.enter(posix.openat(directoryFd, name, OPEN_DIRECTORY));
              return posix.entries(chain.fd());
            });
    Collections.sort(entries);
    frames.add(new Frame(path, entries.iterator()));
    steps.put(new Step.Enter());
  }

  private void store(int directoryFd, byte[] name, TreePath path)
      throws ImportException, InterruptedException {
    readers.acquire();
    int fd;
    try {
      fd = posix.openat(directoryFd, name, OPEN_FILE);
    } catch (PosixException e) {
      readers.release();
      throw new ImportException(path.spelledOut(), e);
    }
    steps.put(new Step.File(readers.store(blobs, fd, path)));
  }

  @FunctionalInterface
  private interface Call<T> {
    T make() throws PosixException;
  }

  private static <T> T at(TreePath path, Call<T> call) throws ImportException {
    try {
      return call.make();
    } catch (PosixException e) {
      throw new ImportException(path.spelledOut(), e);
    }
  }
}
