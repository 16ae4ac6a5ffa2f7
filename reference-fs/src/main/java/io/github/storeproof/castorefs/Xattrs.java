package io.github.storeproof.castorefs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.SymlinkNode;
import java.util.Arrays;
import java.util.Optional;

/// The digests of files and directories as extended attributes (rules XAT-1 and XAT-2). Links and
/// the root have none.
final class Xattrs {
  private static final byte[] BLOB_DIGEST = "user.snix.castore.blob.digest".getBytes(US_ASCII);
  private static final byte[] DIRECTORY_DIGEST =
      "user.snix.castore.directory.digest".getBytes(US_ASCII);

  private record Xattr(byte[] name, B3Digest digest) {}

  private Xattrs() {}

  static byte[] get(Node node, byte[] name) throws ErrnoException {
    Optional<Xattr> xattr = of(node).filter(known -> Arrays.equals(known.name(), name));
    return xattr.isPresent() ? xattr.get().digest().toString().getBytes(US_ASCII) : none();
  }

  static byte[] none() throws ErrnoException {
    throw new ErrnoException(Errno.ENODATA);
  }

  /// Each name, ended by a NUL byte.
  static byte[] list(Node node) {
    return of(node)
        .map(xattr -> Arrays.copyOf(xattr.name(), xattr.name().length + 1))
        .orElse(new byte[0]);
  }

  private static Optional<Xattr> of(Node node) {
    return switch (node) {
      case DirectoryNode directory -> Optional.of(new Xattr(DIRECTORY_DIGEST, directory.digest()));
      case FileNode file -> Optional.of(new Xattr(BLOB_DIGEST, file.digest()));
      case SymlinkNode link -> Optional.empty();
    };
  }
}
