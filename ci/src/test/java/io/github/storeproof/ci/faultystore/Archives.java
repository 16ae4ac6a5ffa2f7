package io.github.storeproof.ci.faultystore;

import com.google.protobuf.ByteString;
import io.github.storeproof.proto.castore.v1.CastoreProto.Directory;
import io.github.storeproof.proto.castore.v1.CastoreProto.DirectoryEntry;
import io.github.storeproof.proto.castore.v1.CastoreProto.Entry;
import io.github.storeproof.proto.castore.v1.CastoreProto.FileEntry;
import io.github.storeproof.proto.castore.v1.CastoreProto.SymlinkEntry;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// Nix archives of what the store has.
///
/// @param stop ends the server
record Archives(StoreFault fault, Runnable stop, Blobs blobs, Directories directories) {
  private static final int MESSAGE_BYTES = 1 << 20;
  private static final int DIGEST_BYTES = 32;
  private static final int SOME_LEVELS = 64;
  private static final int MOST_LEVELS = 1000;

  /// What is known of an archive.
  record Archive(long sizeBytes, ByteString sha256) {}

  Archive of(Entry entry) throws Refused {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    text(out, "nix-archive-1");
    node(out, entry, 0);
    byte[] bytes = out.toByteArray();
    return new Archive(bytes.length, ByteString.copyFrom(Hashes.sha256().digest(bytes)));
  }

  private void node(ByteArrayOutputStream out, Entry entry, int level) throws Refused {
    text(out, "(");
    text(out, "type");
    switch (entry.getEntryCase()) {
      case DIRECTORY -> directory(out, entry.getDirectory(), level);
      case FILE -> file(out, entry.getFile(), level);
      case SYMLINK -> {
        text(out, "symlink");
        text(out, "target");
        bytes(out, entry.getSymlink().getTarget());
      }
      case ENTRY_NOT_SET -> throw Refused.invalid("no node");
    }
    text(out, ")");
  }

  private void file(ByteArrayOutputStream out, FileEntry file, int level) throws Refused {
    text(out, "regular");
    if (file.getExecutable() && fault != StoreFault.ARCHIVES_HAVE_NO_EXECUTABLES) {
      text(out, "executable");
      text(out, "");
    }
    text(out, "contents");
    boolean isBelieved =
        fault == StoreFault.ARCHIVES_TAKE_SIZES_FROM_NODES
            || fault == StoreFault.ARCHIVES_TAKE_SIZES_FROM_DIRECTORIES && level > 0;
    ByteString content = content(file, isBelieved);
    if (isBelieved) {
      number(out, file.getSize());
      padded(out, content);
    } else {
      bytes(out, content);
    }
  }

  private ByteString content(FileEntry file, boolean isSizeBelieved) throws Refused {
    var found = blobs.content(file.getDigest());
    boolean isSaidToBeEmpty = file.getSize() == 0 && file.getDigest().size() == DIGEST_BYTES;
    boolean isIgnored =
        fault == StoreFault.MISSING_CONTENT_IS_EMPTY
            || fault == StoreFault.FILES_OF_NO_BYTES_ARE_NOT_LOOKED_FOR && isSaidToBeEmpty;
    if (found.isEmpty() && isIgnored
        || isSaidToBeEmpty && fault == StoreFault.FILES_WITHOUT_SIZE_ARE_EMPTY) {
      return ByteString.EMPTY;
    }
    ByteString content =
        found.orElseThrow(() -> new Refused(Status.DATA_LOSS.withDescription("no blob")));
    if (content.size() != file.getSize() && !isSizeBelieved) {
      throw Refused.invalid("blob has " + content.size() + " bytes, want " + file.getSize());
    }
    return fault == StoreFault.ARCHIVES_END_LARGE_FILES_EARLY && content.size() > MESSAGE_BYTES
        ? content.substring(0, MESSAGE_BYTES)
        : content;
  }

  private void directory(ByteArrayOutputStream out, DirectoryEntry node, int level) throws Refused {
    boolean isTooDeep = fault == StoreFault.DEEP_TREES_HAVE_NO_ARCHIVE && level > SOME_LEVELS;
    if (level > MOST_LEVELS && fault == StoreFault.DEEP_ARCHIVES_STOP_THE_SERVER) {
      stop.run();
    }
    if (level > MOST_LEVELS || isTooDeep) {
      throw new Refused(Status.RESOURCE_EXHAUSTED);
    }
    Directory directory =
        directories
            .find(node.getDigest())
            .orElseThrow(() -> new Refused(Status.DATA_LOSS.withDescription("no directory")));
    text(out, "directory");
    for (Map.Entry<ByteString, Entry> child : children(directory).entrySet()) {
      text(out, "entry");
      text(out, "(");
      text(out, "name");
      bytes(out, child.getKey());
      text(out, "node");
      node(out, child.getValue(), level + 1);
      text(out, ")");
    }
  }

  private Map<ByteString, Entry> children(Directory directory) {
    Comparator<ByteString> order =
        fault == StoreFault.ARCHIVES_HAVE_NAMES_AS_SIGNED_BYTES
            ? (a, b) -> Arrays.compare(a.toByteArray(), b.toByteArray())
            : ByteString.unsignedLexicographicalComparator();
    Map<ByteString, Entry> children =
        fault == StoreFault.ARCHIVES_HAVE_FILES_FIRST
            ? new LinkedHashMap<>()
            : new TreeMap<>(order);
    for (FileEntry file : directory.getFilesList()) {
      children.put(file.getName(), Entry.newBuilder().setFile(file).build());
    }
    for (DirectoryEntry below : directory.getDirectoriesList()) {
      children.put(below.getName(), Entry.newBuilder().setDirectory(below).build());
    }
    int most = fault == StoreFault.ARCHIVES_END_WIDE_DIRECTORIES_EARLY ? 1000 : Integer.MAX_VALUE;
    for (SymlinkEntry link : directory.getSymlinksList().stream().limit(most).toList()) {
      children.put(link.getName(), Entry.newBuilder().setSymlink(link).build());
    }
    return children;
  }

  private void text(ByteArrayOutputStream out, String text) {
    bytes(out, ByteString.copyFromUtf8(text));
  }

  private void bytes(ByteArrayOutputStream out, ByteString bytes) {
    number(out, bytes.size());
    padded(out, bytes);
  }

  private static void number(ByteArrayOutputStream out, long number) {
    for (int i = 0; i < 8; i++) {
      out.write((int) (number >>> (8 * i)));
    }
  }

  private void padded(ByteArrayOutputStream out, ByteString bytes) {
    out.writeBytes(bytes.toByteArray());
    boolean isPadded = fault != StoreFault.ARCHIVES_ARE_NOT_PADDED;
    for (int i = bytes.size(); isPadded && i % 8 != 0; i++) {
      out.write(0);
    }
    if (fault == StoreFault.ARCHIVES_HAVE_WHOLE_WORDS_PADDED && bytes.size() % 8 == 0) {
      out.writeBytes(new byte[8]);
    }
  }
}
