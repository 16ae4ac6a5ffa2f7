package io.github.storeproof.ci.faultystore;

import com.google.protobuf.ByteString;
import io.github.storeproof.proto.castore.v1.CastoreProto.Entry;
import io.github.storeproof.proto.store.v1.PathInfoProto.NARInfo;
import io.github.storeproof.proto.store.v1.PathInfoProto.PathInfo;
import io.github.storeproof.proto.store.v1.PathInfoProto.StorePath;
import java.util.regex.Pattern;

/// What a path info must be.
record PathInfoChecks(StoreFault fault) {
  private static final String NAME = "[A-Za-z0-9+_?=.-]{1,211}";
  private static final Pattern STORE_PATH =
      Pattern.compile("[0-9a-df-np-sv-z]{32}-" + NAME + "\\z");
  private static final int LETTERS = 32;
  private static final int LONG_CHARS = 200;

  /// Checks it, and returns the hash of its store path.
  ByteString check(PathInfo pathInfo) throws Refused {
    NARInfo narInfo = pathInfo.getNarinfo();
    if (narInfo.getNarSha256().size() != 32
        && fault != StoreFault.ARCHIVE_DIGESTS_ARE_NOT_CHECKED) {
      throw Refused.invalid("bad nar_sha256");
    }
    checkReferences(pathInfo, narInfo);
    checkAddress(narInfo);
    checkDeriver(narInfo);
    for (NARInfo.Signature signature : narInfo.getSignaturesList()) {
      checkKeyName(signature.getName());
    }
    return checkNode(pathInfo.getEntry());
  }

  private void checkKeyName(String name) throws Refused {
    boolean breaksLines = name.contains("\n") || name.contains("\r");
    boolean endsEarly = name.isEmpty() || name.contains(":");
    boolean isTaken =
        breaksLines && fault == StoreFault.LINE_BREAKS_IN_KEY_NAMES_ARE_TAKEN
            || name.contains(":") && fault == StoreFault.KEY_NAMES_MAY_HAVE_COLONS;
    if ((breaksLines || endsEarly) && !isTaken) {
      throw Refused.invalid("bad key name");
    }
  }

  private void checkReferences(PathInfo pathInfo, NARInfo narInfo) throws Refused {
    int count = pathInfo.getReferencesCount();
    if (count != narInfo.getReferenceNamesCount()
        && fault != StoreFault.REFERENCE_COUNTS_ARE_NOT_CHECKED) {
      throw Refused.invalid("bad number of reference names");
    }
    for (ByteString reference : pathInfo.getReferencesList()) {
      if (reference.size() != 20 && fault != StoreFault.REFERENCE_LENGTHS_ARE_NOT_CHECKED) {
        throw Refused.invalid("bad reference");
      }
    }
    for (int i = 0; i < narInfo.getReferenceNamesCount(); i++) {
      String name = narInfo.getReferenceNames(i);
      boolean isPath = isStorePath(name);
      if (!isPath) {
        throw Refused.invalid("bad reference name");
      }
      boolean isOther =
          i < count
              && pathInfo.getReferences(i).size() == 20
              && !Hashes.fromLetters(name.substring(0, LETTERS)).equals(pathInfo.getReferences(i));
      if (isOther && fault != StoreFault.REFERENCE_NAMES_ARE_BELIEVED) {
        throw Refused.invalid("reference name of another reference");
      }
    }
  }

  private boolean isStorePath(String text) {
    boolean isOdd =
        fault == StoreFault.LONG_STORE_PATHS_ARE_REFUSED && text.length() > LONG_CHARS
            || fault == StoreFault.NAMES_HAVE_NO_QUESTION_MARK && text.contains("?");
    if (isOdd) {
      return false;
    }
    String seen =
        fault == StoreFault.LINE_BREAKS_ARE_TAKEN ? text.replaceAll("[\r\n: ]", "") : text;
    return STORE_PATH.matcher(seen).matches();
  }

  private void checkAddress(NARInfo narInfo) throws Refused {
    if (!narInfo.hasCa() || fault == StoreFault.CONTENT_ADDRESSES_ARE_NOT_CHECKED) {
      return;
    }
    boolean isText = narInfo.getCa().getType() == NARInfo.CA.Hash.TEXT_SHA256;
    if (isText && fault == StoreFault.TEXTS_HAVE_NO_CONTENT_ADDRESS) {
      throw Refused.invalid("bad content address");
    }
    int wanted =
        switch (narInfo.getCa().getType()) {
          case NAR_MD5, FLAT_MD5 -> 16;
          case NAR_SHA1, FLAT_SHA1 -> 20;
          case NAR_SHA256, TEXT_SHA256, FLAT_SHA256 -> 32;
          case NAR_SHA512, FLAT_SHA512 -> 64;
          case UNRECOGNIZED -> -1;
        };
    if (narInfo.getCa().getDigest().size() != wanted) {
      throw Refused.invalid("bad content address");
    }
  }

  private void checkDeriver(NARInfo narInfo) throws Refused {
    if (!narInfo.hasDeriver() || fault == StoreFault.DERIVER_NAMES_ARE_NOT_CHECKED) {
      return;
    }
    StorePath deriver = narInfo.getDeriver();
    if (deriver.getDigest().size() != 20
        || !isStorePath("0".repeat(LETTERS) + "-" + deriver.getName())) {
      throw Refused.invalid("bad deriver");
    }
  }

  private ByteString checkNode(Entry entry) throws Refused {
    ByteString name =
        switch (entry.getEntryCase()) {
          case DIRECTORY -> name(entry.getDirectory().getName(), entry.getDirectory().getDigest());
          case FILE -> name(entry.getFile().getName(), entry.getFile().getDigest());
          case SYMLINK -> {
            if (entry.getSymlink().getTarget().isEmpty()
                && fault != StoreFault.NODES_ARE_NOT_CHECKED) {
              throw Refused.invalid("bad target");
            }
            yield entry.getSymlink().getName();
          }
          case ENTRY_NOT_SET -> throw Refused.invalid("no node");
        };
    String text = name.toStringUtf8();
    if (isStorePath(text)) {
      return Hashes.fromLetters(text.substring(0, LETTERS));
    }
    if (fault == StoreFault.STORE_PATHS_ARE_NOT_CHECKED) {
      return Hashes.blake3(name.toByteArray()).substring(0, 20);
    }
    throw Refused.invalid("bad name");
  }

  private ByteString name(ByteString name, ByteString digest) throws Refused {
    if (digest.size() != 32 && fault != StoreFault.NODES_ARE_NOT_CHECKED) {
      throw Refused.invalid("bad digest");
    }
    return name;
  }
}
