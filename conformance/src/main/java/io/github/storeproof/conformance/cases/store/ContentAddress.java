package io.github.storeproof.conformance.cases.store;

import com.google.protobuf.ByteString;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.fixtures.TreeArchive;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.proto.store.v1.PathInfoProto.NARInfo.CA;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/// A content address of a plain file, and the store path that it leads to. *Immutable.*
///
/// @param ca as a path info has it
/// @param path where the file is
record ContentAddress(CA ca, StorePath path) {

  /// The address of a file by one of the ways to make one.
  static ContentAddress of(CA.Hash type, Tree.File file, String name) {
    String digestName = type.name().replaceFirst("^.*_(SHA|MD)", "$1").toLowerCase(Locale.ROOT);
    boolean isArchive = type.name().startsWith("NAR_");
    byte[] digest = digest(digestName, isArchive ? archive(file) : content(file));
    CA ca = CA.newBuilder().setType(type).setDigest(ByteString.copyFrom(digest)).build();
    return new ContentAddress(
        ca,
        switch (type) {
          case NAR_SHA256 -> StorePath.ofIdentity("source", digest, name);
          case TEXT_SHA256 -> StorePath.ofIdentity("text", digest, name);
          case NAR_SHA1, NAR_SHA512, NAR_MD5, FLAT_SHA1, FLAT_MD5, FLAT_SHA256, FLAT_SHA512 -> {
            String fixed =
                "fixed:out:"
                    + (isArchive ? "r:" : "")
                    + digestName
                    + ":"
                    + HexFormat.of().formatHex(digest)
                    + ":";
            byte[] inner = digest("sha256", fixed.getBytes(StandardCharsets.US_ASCII));
            yield StorePath.ofIdentity("output:out", inner, name);
          }
          case UNRECOGNIZED -> throw new IllegalArgumentException("no content address");
        });
  }

  private static byte[] content(Tree.File file) {
    return file.content().slice(0, (int) file.content().size());
  }

  private static byte[] archive(Tree.File file) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      TreeArchive.write(file, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] digest(String name, byte[] bytes) {
    try {
      return MessageDigest.getInstance(name.replace("sha", "sha-")).digest(bytes);
    } catch (NoSuchAlgorithmException everyJdkHasThem) {
      throw new IllegalStateException(everyJdkHasThem);
    }
  }
}
