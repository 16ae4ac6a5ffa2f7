package io.github.storeproof.conformance.cases.store;

import com.google.protobuf.ByteString;
import io.github.storeproof.conformance.oracle.AllowedReply;
import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.store.Reply;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryCodec;
import io.github.storeproof.proto.castore.v1.CastoreProto;
import io.github.storeproof.proto.castore.v1.CastoreProto.DirectoryEntry;
import io.github.storeproof.proto.castore.v1.CastoreProto.Entry;
import io.github.storeproof.proto.castore.v1.CastoreProto.FileEntry;
import io.github.storeproof.proto.castore.v1.CastoreProto.SymlinkEntry;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/// Messages that are a directory in another form than the one it is hashed in, and bytes that are a directory by their
/// form only.
class DirectoryFormCases {
  /// Field 2 of a directory, a message.
  private static final byte FILES = 0x12;

  /// Field 4 of a file, a varint: it cannot be executed.
  private static final byte[] NOT_EXECUTABLE = {0x20, 0};

  /// Field 15, a varint.
  private static final byte[] UNKNOWN_FIELD = {0x78, 1};

  /// Whoever hashes what is sent needs the one form that all agree on.
  @Checks("DSV-1")
  void otherFormsOfADirectoryAreHashedAsTheCanonicalOne(StoreSubject subject) {
    byte[] file =
        FileEntry.newBuilder()
            .setName(ByteString.copyFromUtf8("file"))
            .setDigest(ByteString.copyFrom(new byte[B3Digest.LENGTH_BYTES]))
            .build()
            .toByteArray();
    byte[] links = bytes(CastoreProto.Directory.newBuilder().addSymlinks(link(subject, "link")));
    Directory directory = DirectoryCodec.decode(joined(field(file), links));
    forms(file, links)
        .forEach((what, form) -> {
          Dialog dialog = subject.dialog();
          Reply put = dialog.call(StoreMethod.DIRECTORY_PUT, form);
          dialog.want(
              "Put of a directory with " + what,
              put,
              AllowedReply.refusal("an error").or(Directories.root(directory.digest())));
          if (put.isOk()) {
            dialog.want(
                "Get of a directory that was put with " + what,
                Directories.get(dialog, directory.digest(), false),
                Directories.directory(directory));
          }
        });
  }

  private static Map<String, byte[]> forms(byte[] file, byte[] links) {
    byte[] longLength = {FILES, (byte) (file.length | 0x80), 0};
    Map<String, byte[]> forms = new LinkedHashMap<>();
    forms.put("its symlinks before its files", joined(links, field(file)));
    forms.put("a default that is written out", joined(field(joined(file, NOT_EXECUTABLE)), links));
    forms.put("a length of more bytes than it needs", joined(longLength, file, links));
    forms.put("a field that nobody knows", joined(field(file), links, UNKNOWN_FIELD));
    forms.put(
        "a field that nobody knows in an entry", joined(field(joined(file, UNKNOWN_FIELD)), links));
    return forms;
  }

  /// An entry as a directory has it.
  private static byte[] field(byte[] file) {
    return joined(new byte[] {FILES, (byte) file.length}, file);
  }

  private static byte[] bytes(CastoreProto.Directory.Builder directory) {
    return directory.build().toByteArray();
  }

  private static SymlinkEntry link(StoreSubject subject, String name) {
    return SymlinkEntry.newBuilder()
        .setName(ByteString.copyFromUtf8(name))
        .setTarget(ByteString.copyFromUtf8("to-" + subject.random().nextLong()))
        .build();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  /// Nobody has checked it as one.
  @Checks("DSV-3")
  void aBlobIsNoDirectory(StoreSubject subject) {
    byte[] bytes = bytes(CastoreProto.Directory.newBuilder().addSymlinks(link(subject, "..")));
    B3Digest digest = Blake3.hash(bytes);
    Dialog dialog = subject.dialog();
    AllowedReply refused = AllowedReply.refusal("an error");
    Blobs.put(dialog, bytes);
    dialog.want(
        "Get of a directory that was put as a blob, with the name ..",
        Directories.get(dialog, digest, false),
        refused);
    dialog.want(
        "recursive Get of a directory that was put as a blob, with the name ..",
        Directories.get(dialog, digest, true),
        refused.or(DirectoryCases.nothing()));
  }

  @Checks("DSV-3")
  void aBlobThatIsNoDirectoryHasNoArchiveOfOne(StoreSubject subject) {
    byte[] bytes = bytes(CastoreProto.Directory.newBuilder().addSymlinks(link(subject, "..")));
    B3Digest digest = Blake3.hash(bytes);
    Dialog dialog = subject.dialog();
    Blobs.put(dialog, bytes);
    Entry node =
        Entry.newBuilder()
            .setDirectory(
                DirectoryEntry.newBuilder()
                    .setDigest(ByteString.copyFrom(digest.toBytes()))
                    .setSize(Corners.wide(1).size(subject.sizeRule())))
            .build();
    dialog.want(
        "CalculateNAR of a directory that was put as a blob, with the name ..",
        dialog.call(StoreMethod.CALCULATE_NAR, node.toByteArray()),
        AllowedReply.refusal("an error"));
  }
}
