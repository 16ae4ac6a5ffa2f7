package io.github.storeproof.conformance.store;

import com.google.protobuf.ByteString;
import io.github.storeproof.proto.castore.v1.CastoreProto.Entry;
import io.github.storeproof.proto.store.v1.PathInfoProto.NARInfo;
import io.github.storeproof.proto.store.v1.PathInfoProto.NARInfo.Signature;
import io.github.storeproof.proto.store.v1.PathInfoProto.PathInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How a path info differs from what was put.
public final class PathInfoDifference {
  private PathInfoDifference() {}

  /// The first difference in words; empty when only signatures were added.
  public static Optional<String> between(PathInfo wanted, PathInfo seen) {
    List<Signature> signatures = wanted.getNarinfo().getSignaturesList();
    if (!seen.getNarinfo().getSignaturesList().containsAll(signatures)) {
      return Optional.of("a signature is missing or another");
    }
    return Arrays.stream(Part.values())
        .filter(part -> !part.of(wanted).equals(part.of(seen)))
        .map(part -> part.words() + " is " + part.of(seen) + ", want " + part.of(wanted))
        .findFirst();
  }

  /// The parts of a path info that come back as they were put.
  private enum Part {
    ENTRY,
    REFERENCES,
    NAR_SIZE,
    NAR_SHA256,
    REFERENCE_NAMES,
    DERIVER,
    CA;

    String words() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    String of(PathInfo pathInfo) {
      NARInfo narInfo = pathInfo.getNarinfo();
      Object value =
          switch (this) {
            case ENTRY -> entry(pathInfo.getEntry());
            case REFERENCES ->
                pathInfo.getReferencesList().stream().map(PathInfoDifference::hex).toList();
            case NAR_SIZE -> narInfo.getNarSize();
            case NAR_SHA256 -> hex(narInfo.getNarSha256());
            case REFERENCE_NAMES -> narInfo.getReferenceNamesList();
            case DERIVER ->
                narInfo.hasDeriver()
                    ? narInfo.getDeriver().getName() + " " + hex(narInfo.getDeriver().getDigest())
                    : "absent";
            case CA ->
                narInfo.hasCa()
                    ? narInfo.getCa().getType() + " " + hex(narInfo.getCa().getDigest())
                    : "absent";
          };
      return String.valueOf(value);
    }

    private static String entry(Entry entry) {
      return switch (entry.getEntryCase()) {
        case DIRECTORY ->
            "directory "
                + entry.getDirectory().getName().toStringUtf8()
                + " "
                + hex(entry.getDirectory().getDigest())
                + " "
                + entry.getDirectory().getSize();
        case FILE ->
            (entry.getFile().getExecutable() ? "executable " : "file ")
                + entry.getFile().getName().toStringUtf8()
                + " "
                + hex(entry.getFile().getDigest())
                + " "
                + entry.getFile().getSize();
        case SYMLINK ->
            "symlink "
                + entry.getSymlink().getName().toStringUtf8()
                + " "
                + hex(entry.getSymlink().getTarget());
        case ENTRY_NOT_SET -> "absent";
      };
    }
  }

  private static String hex(ByteString bytes) {
    return java.util.HexFormat.of().formatHex(bytes.toByteArray());
  }
}
