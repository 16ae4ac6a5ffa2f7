package io.github.storeproof.model;

import org.jspecify.annotations.Nullable;

/// The canonical encoding of a [Directory]: the bytes whose digest names it.
///
/// It is a protobuf message. One directory has one encoding: fields in ascending order, each list
/// sorted by the names' unsigned bytes, a name once over all three, lengths and numbers in their
/// shortest form, defaults left out, nothing else. [#decode] refuses everything but that.
///
/// | message | field | type | content |
/// |---|---|---|---|
/// | Directory | 1 | repeated message | directories |
/// | | 2 | repeated message | files |
/// | | 3 | repeated message | symlinks |
/// | directory entry | 1, 2, 3 | bytes, bytes, varint | name, digest, size |
/// | file entry | 1, 2, 3, 4 | bytes, bytes, varint, bool | name, digest, size, executable |
/// | symlink entry | 1, 2 | bytes, bytes | name, target |
public final class DirectoryCodec {
  private static final int NAME = 1;
  private static final int DIGEST = 2;
  private static final int TARGET = 2;
  private static final int SIZE = 3;
  private static final int EXECUTABLE = 4;

  private static final byte[] ABSENT = {};

  /// One of the three lists: its field number, its name in the protocol, the last field of an entry.
  private enum EntryList {
    DIRECTORIES(1, "directories", SIZE),
    FILES(2, "files", EXECUTABLE),
    SYMLINKS(3, "symlinks", TARGET);

    private final int field;
    private final String label;
    private final int lastField;

    EntryList(int field, String label, int lastField) {
      this.field = field;
      this.label = label;
      this.lastField = lastField;
    }

    static EntryList of(Node node) {
      return switch (node) {
        case DirectoryNode _ -> DIRECTORIES;
        case FileNode _ -> FILES;
        case SymlinkNode _ -> SYMLINKS;
      };
    }
  }

  private DirectoryCodec() {}

  /// The canonical bytes.
  ///
  /// @throws IllegalArgumentException when they would be more than an array can hold
  public static byte[] encode(Directory directory) {
    long sizeBytes = 0;
    for (int i = 0; i < directory.entryCount(); i++) {
      sizeBytes +=
          WireWriter.fieldSizeBytes(entrySizeBytes(directory.nameAt(i), directory.nodeAt(i)));
    }
    if (sizeBytes > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "directory encodes to " + sizeBytes + " bytes, want at most 2 GiB");
    }
    WireWriter writer = new WireWriter((int) sizeBytes);
    for (EntryList list : EntryList.values()) {
      for (int i = 0; i < directory.entryCount(); i++) {
        if (EntryList.of(directory.nodeAt(i)) == list) {
          writeEntry(writer, directory.nameAt(i), directory.nodeAt(i));
        }
      }
    }
    return writer.finish();
  }

  private static int entrySizeBytes(PathComponent name, Node node) {
    return WireWriter.fieldSizeBytes(name.lengthBytes())
        + switch (node) {
          case DirectoryNode child ->
              WireWriter.fieldSizeBytes(B3Digest.LENGTH_BYTES) + sizeFieldBytes(child.size());
          case FileNode file ->
              WireWriter.fieldSizeBytes(B3Digest.LENGTH_BYTES)
                  + sizeFieldBytes(file.size())
                  + (file.executable() ? 2 : 0);
          case SymlinkNode link -> WireWriter.fieldSizeBytes(link.target().lengthBytes());
        };
  }

  private static int sizeFieldBytes(long size) {
    return size == 0 ? 0 : 1 + WireWriter.varintSizeBytes(size);
  }

  private static void writeEntry(WireWriter writer, PathComponent name, Node node) {
    writer.beginBytes(EntryList.of(node).field, entrySizeBytes(name, node));
    writer.beginBytes(NAME, name.lengthBytes());
    writer.name(name);
    switch (node) {
      case DirectoryNode child -> writeContent(writer, child.digest(), child.size());
      case FileNode file -> {
        writeContent(writer, file.digest(), file.size());
        if (file.executable()) {
          writer.varintField(EXECUTABLE, 1);
        }
      }
      case SymlinkNode link -> {
        writer.beginBytes(TARGET, link.target().lengthBytes());
        writer.target(link.target());
      }
    }
  }

  private static void writeContent(WireWriter writer, B3Digest digest, long size) {
    writer.beginBytes(DIGEST, B3Digest.LENGTH_BYTES);
    writer.digest(digest);
    if (size != 0) {
      writer.varintField(SIZE, size);
    }
  }

  /// The directory that these bytes encode.
  ///
  /// Needs memory in proportion to the bytes that are there, whatever lengths they claim.
  ///
  /// @throws InvalidDataException when they are not the canonical encoding of a valid directory
  public static Directory decode(byte[] bytes) {
    EntryList[] lists = EntryList.values();
    WireReader reader = new WireReader(bytes);
    Directory.Builder directory = Directory.builder();
    @Nullable EntryList list = null;
    @Nullable PathComponent previous = null;
    int index = 0;
    while (reader.hasMore()) {
      EntryList next = lists[reader.field(lists.length, lists.length) - 1];
      if (next != list) {
        list = next;
        previous = null;
        index = 0;
      }
      try {
        previous = readEntry(next, reader.message(), previous, directory);
      } catch (InvalidDataException invalid) {
        throw invalid.at(next.label + "[" + index + "]");
      }
      index++;
    }
    return directory.build();
  }

  private static PathComponent readEntry(
      EntryList list,
      WireReader reader,
      @Nullable PathComponent previous,
      Directory.Builder directory) {
    Fields fields = new Fields();
    fields.read(reader, list.lastField);
    PathComponent name = PathComponent.of(fields.name);
    if (previous != null && previous.compareTo(name) >= 0) {
      throw Directory.outOfOrder(previous, name);
    }
    directory.add(name, fields.node(list));
    return name;
  }

  /// The fields of one entry as they are read, absent ones at their defaults. The second is a digest
  /// or a target.
  private static final class Fields {
    private byte[] name = ABSENT;
    private byte[] second = ABSENT;
    private long size;
    private boolean executable;

    void read(WireReader reader, int lastField) {
      while (reader.hasMore()) {
        switch (reader.field(lastField, 0)) {
          case NAME -> name = reader.bytes();
          case DIGEST -> second = reader.bytes();
          case SIZE -> size = reader.unsigned();
          default -> executable = reader.bool();
        }
      }
    }

    Node node(EntryList list) {
      return switch (list) {
        case DIRECTORIES -> new DirectoryNode(B3Digest.of(second), size);
        case FILES -> new FileNode(B3Digest.of(second), size, executable);
        case SYMLINKS -> new SymlinkNode(SymlinkTarget.of(second));
      };
    }
  }
}
