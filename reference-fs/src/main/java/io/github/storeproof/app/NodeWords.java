package io.github.storeproof.app;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.SymlinkNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A node as commands show it.
///
/// @param size bytes of a file or a target, entries of a directory
/// @param behindName what a listing has behind the name
@SuppressWarnings("ArrayRecordComponent")
record NodeWords(String mode, long size, Optional<B3Digest> digest, byte[] behindName) {
  private static final byte[] NOTHING = {};

  static NodeWords of(Node node) {
    return switch (node) {
      case DirectoryNode directory ->
          new NodeWords("dr-xr-xr-x", directory.size(), Optional.of(directory.digest()), NOTHING);
      case FileNode file ->
          new NodeWords(
              file.executable() ? "-r-xr-xr-x" : "-r--r--r--",
              file.size(),
              Optional.of(file.digest()),
              NOTHING);
      case SymlinkNode link ->
          new NodeWords(
              "lrwxrwxrwx",
              link.target().lengthBytes(),
              Optional.empty(),
              (" -> " + new String(link.target().toBytes(), StandardCharsets.ISO_8859_1))
                  .getBytes(StandardCharsets.ISO_8859_1));
    };
  }
}
