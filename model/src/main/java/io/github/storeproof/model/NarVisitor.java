package io.github.storeproof.model;

import java.io.IOException;
import java.io.InputStream;

/// What an archive consists of, node by node, in the order of its bytes.
///
/// A node is one call of [#file] or [#symlink], or [#directory], then for each entry [#entry] and its
/// node, in ascending order of the names' bytes, then [#endDirectory]. [NarReader] makes these calls,
/// [NarWriter] takes them: one behind the other copies an archive.
public interface NarVisitor {
  /// Begins a directory.
  ///
  /// @throws IOException when what it is written to fails
  void directory() throws IOException;

  /// Names the next entry of the directory that was begun last; its node comes next.
  ///
  /// @throws IOException when what it is written to fails
  void entry(PathComponent name) throws IOException;

  /// Ends the directory that was begun last.
  ///
  /// @throws IOException when what it is written to fails
  void endDirectory() throws IOException;

  /// A file.
  ///
  /// @param executable whether it can be executed
  /// @param sizeBytes how many bytes `content` has
  /// @param content the bytes; good during the call
  /// @throws IOException when the content cannot be read, or what it is written to fails
  void file(boolean executable, long sizeBytes, InputStream content) throws IOException;

  /// A symlink.
  ///
  /// @throws IOException when what it is written to fails
  void symlink(SymlinkTarget target) throws IOException;
}
