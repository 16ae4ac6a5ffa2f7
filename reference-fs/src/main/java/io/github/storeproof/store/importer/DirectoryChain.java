package io.github.storeproof.store.importer;

import io.github.storeproof.posix.FileStatus;
import io.github.storeproof.posix.Posix;
import io.github.storeproof.posix.PosixException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The open directories from the root of a tree down to where a walk is.
///
/// Of a deep chain only the lower end is open; the way back leads through `..`, and is checked to
/// lead to the same directory. *Confined.*
final class DirectoryChain implements AutoCloseable {
  private static final int MAX_OPEN_COUNT = 64;
  private static final byte[] DOT_DOT = "..".getBytes(StandardCharsets.US_ASCII);

  private record Link(int fd, FileStatus status) {}

  private final Posix posix;
  private final List<Link> links = new ArrayList<>();
  // The descriptors before this index are closed.
  private int firstOpen;

  DirectoryChain(Posix posix) {
    this.posix = posix;
  }

  boolean isEmpty() {
    return links.isEmpty();
  }

  /// The descriptor of the lowest directory.
  int fd() {
    return links.getLast().fd();
  }

  /// Goes down into a directory, whose descriptor is the chain's from now on.
  void enter(int fd) throws PosixException {
    try {
      links.add(new Link(fd, posix.status(fd)));
    } catch (PosixException e) {
      posix.close(fd);
      throw e;
    }
    if (links.size() - firstOpen > MAX_OPEN_COUNT) {
      posix.close(links.get(firstOpen++).fd());
    }
  }

  /// Goes back up to the directory above.
  ///
  /// @return false when that one is another now than on the way down; the chain has ended then
  boolean leave() throws PosixException {
    int above = links.size() - 2;
    boolean isSame = true;
    if (above >= 0 && above < firstOpen) {
      int fd = posix.openat(fd(), DOT_DOT, Posix.O_RDONLY | Posix.O_DIRECTORY);
      FileStatus status = links.get(above).status();
      links.set(above, new Link(fd, status));
      firstOpen = above;
      isSame = posix.status(fd).isSameFile(status);
    }
    posix.close(links.removeLast().fd());
    return isSame;
  }

  @Override
  public void close() {
    for (Link link : links.subList(firstOpen, links.size())) {
      posix.close(link.fd());
    }
    links.clear();
    firstOpen = 0;
  }
}
