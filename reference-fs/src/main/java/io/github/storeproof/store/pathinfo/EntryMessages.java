package io.github.storeproof.store.pathinfo;

import com.google.protobuf.ByteString;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.model.SymlinkTarget;
import io.github.storeproof.model.Violation;
import io.github.storeproof.proto.castore.v1.CastoreProto.DirectoryEntry;
import io.github.storeproof.proto.castore.v1.CastoreProto.Entry;
import io.github.storeproof.proto.castore.v1.CastoreProto.FileEntry;
import io.github.storeproof.proto.castore.v1.CastoreProto.SymlinkEntry;

/// Root nodes as messages, and back.
final class EntryMessages {
  private EntryMessages() {}

  static Entry messageOf(ByteString name, Node node) {
    return switch (node) {
      case DirectoryNode directory ->
          Entry.newBuilder()
              .setDirectory(
                  DirectoryEntry.newBuilder()
                      .setName(name)
                      .setDigest(bytesOf(directory.digest()))
                      .setSize(directory.size()))
              .build();
      case FileNode file ->
          Entry.newBuilder()
              .setFile(
                  FileEntry.newBuilder()
                      .setName(name)
                      .setDigest(bytesOf(file.digest()))
                      .setSize(file.size())
                      .setExecutable(file.executable()))
              .build();
      case SymlinkNode link ->
          Entry.newBuilder()
              .setSymlink(
                  SymlinkEntry.newBuilder()
                      .setName(name)
                      .setTarget(ByteString.copyFrom(link.target().toBytes())))
              .build();
    };
  }

  private static ByteString bytesOf(B3Digest digest) {
    return ByteString.copyFrom(digest.toBytes());
  }

  /// @throws InvalidDataException when it is no valid node
  static Node nodeOf(Entry message) {
    return switch (message.getEntryCase()) {
      case DIRECTORY ->
          new DirectoryNode(
              B3Digest.of(message.getDirectory().getDigest().toByteArray()),
              message.getDirectory().getSize());
      case FILE ->
          new FileNode(
              B3Digest.of(message.getFile().getDigest().toByteArray()),
              message.getFile().getSize(),
              message.getFile().getExecutable());
      case SYMLINK ->
          new SymlinkNode(SymlinkTarget.of(message.getSymlink().getTarget().toByteArray()));
      case ENTRY_NOT_SET -> throw missing();
    };
  }

  static ByteString nameOf(Entry message) {
    return switch (message.getEntryCase()) {
      case DIRECTORY -> message.getDirectory().getName();
      case FILE -> message.getFile().getName();
      case SYMLINK -> message.getSymlink().getName();
      case ENTRY_NOT_SET -> throw missing();
    };
  }

  private static InvalidDataException missing() {
    return new InvalidDataException(
        Violation.WIRE_FIELD_MISSING,
        "entry is neither a directory nor a file nor a symlink, want one of them");
  }
}
