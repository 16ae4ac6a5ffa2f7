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

/// The digests of files and directories as extended attributes (rules XAT-1 and XAT-2). Links and
/// the root have none.
final class Xattrs {
  private static final byte[] BLOB_DIGEST = "user.snix.castore.blob.digest".getBytes(US_ASCII);
  private static final byte[] DIRECTORY_DIGEST =
      "user.snix.castore.directory.digest".getBytes(US_ASCII);

  private Xattrs() {}

  /// The value of the attribute with this name.
  static byte[] get(Node node, byte[] name) throws ErrnoException {
    return switch (node) {
      case DirectoryNode directory -> valueOf(directory.digest(), DIRECTORY_DIGEST, name);
      case FileNode file -> valueOf(file.digest(), BLOB_DIGEST, name);
      case SymlinkNode _ -> throw none();
    };
  }

  /// Each name, ended by a NUL byte.
  static byte[] list(Node node) {
    return switch (node) {
      case DirectoryNode _ -> listOf(DIRECTORY_DIGEST);
      case FileNode _ -> listOf(BLOB_DIGEST);
      case SymlinkNode _ -> new byte[0];
    };
  }

  static ErrnoException none() {
    return new ErrnoException(Errno.ENODATA);
  }

  private static byte[] valueOf(B3Digest digest, byte[] name, byte[] asked) throws ErrnoException {
    if (!Arrays.equals(name, asked)) {
      throw none();
    }
    return digest.toString().getBytes(US_ASCII);
  }

  private static byte[] listOf(byte[] name) {
    return Arrays.copyOf(name, name.length + 1);
  }
}
