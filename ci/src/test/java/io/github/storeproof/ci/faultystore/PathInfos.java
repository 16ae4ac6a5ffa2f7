package io.github.storeproof.ci.faultystore;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.github.storeproof.proto.castore.v1.CastoreProto.Entry;
import io.github.storeproof.proto.castore.v1.CastoreProto.SymlinkEntry;
import io.github.storeproof.proto.store.v1.PathInfoProto.NARInfo;
import io.github.storeproof.proto.store.v1.PathInfoProto.PathInfo;
import io.github.storeproof.proto.store.v1.PathInfoServiceProto.CalculateNARResponse;
import io.github.storeproof.proto.store.v1.PathInfoServiceProto.GetPathInfoRequest;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;

/// The path info service, in memory.
final class PathInfos {
  private static final int PAGE = 1000;

  private final StoreFault fault;
  private final Semaphore isFree = new Semaphore(1);
  private final Archives archives;
  private final PathInfoChecks checks;
  private final Map<Entry, NARInfo> narInfos = new ConcurrentHashMap<>();
  private final Map<ByteString, PathInfo> stored =
      new ConcurrentSkipListMap<>(ByteString.unsignedLexicographicalComparator());

  PathInfos(StoreFault fault, Archives archives) {
    this.fault = fault;
    this.archives = archives;
    this.checks = new PathInfoChecks(fault);
  }

  void restarted() {
    if (fault == StoreFault.PATH_INFOS_ARE_LOST_AT_A_RESTART) {
      stored.clear();
    }
  }

  List<? extends MessageLite> get(List<byte[]> messages)
      throws Refused, InvalidProtocolBufferException {
    ByteString hash = GetPathInfoRequest.parseFrom(messages.getFirst()).getByOutputHash();
    if (hash.size() == 32 && fault == StoreFault.HASHES_ARE_TEXT) {
      hash = Hashes.fromLetters(hash.toStringUtf8().replaceAll("[^0-9a-z]", "0"));
    }
    if (hash.size() != 20) {
      throw fault == StoreFault.SHORT_HASHES_ARE_NOT_FOUND
          ? Refused.missing("path info")
          : Refused.invalid("hash has " + hash.size() + " bytes, want 20");
    }
    PathInfo found = stored.get(key(hash));
    if (found == null) {
      if (fault == StoreFault.UNKNOWN_PATH_INFOS_ARE_EMPTY) {
        return List.of(PathInfo.getDefaultInstance());
      }
      throw Refused.missing("path info");
    }
    return List.of(
        fault == StoreFault.NARINFOS_BELONG_TO_THEIR_NODES
            ? found.toBuilder().setNarinfo(narInfos.get(nodeOf(found))).build()
            : found);
  }

  List<? extends MessageLite> put(List<byte[]> messages)
      throws Refused, InvalidProtocolBufferException {
    PathInfo pathInfo = PathInfo.parseFrom(messages.getFirst());
    ByteString hash = key(checks.check(pathInfo));
    collide();
    if (fault == StoreFault.THE_FIRST_PATH_INFO_STAYS) {
      stored.putIfAbsent(hash, pathInfo);
    } else {
      stored.put(hash, changed(pathInfo));
    }
    narInfos.put(nodeOf(pathInfo), pathInfo.getNarinfo());
    PathInfo.Builder answer = pathInfo.toBuilder();
    if (fault == StoreFault.PUT_ANSWERS_NO_SIGNATURES) {
      answer.getNarinfoBuilder().clearSignatures();
    }
    return List.of(answer.build());
  }

  /// What a hash is found by.
  private ByteString key(ByteString hash) {
    String text = hash.toString(StandardCharsets.ISO_8859_1);
    return switch (fault) {
      case HASHES_END_AT_A_ZERO -> ByteString.copyFromUtf8(text.replaceFirst("(?s)\0.*", ""));
      case HASHES_HAVE_LETTERS_OF_ONE_CASE ->
          ByteString.copyFromUtf8(text.toLowerCase(Locale.ROOT));
      case HASHES_ARE_VALID_TEXT -> ByteString.copyFromUtf8(hash.toStringUtf8());
      default -> hash;
    };
  }

  /// Of two Puts at once one fails.
  private void collide() throws Refused {
    if (fault != StoreFault.PATH_INFOS_AT_ONCE_COLLIDE) {
      return;
    }
    if (!isFree.tryAcquire()) {
      throw new Refused(Status.ABORTED);
    }
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      isFree.release();
    }
  }

  /// The node without its name.
  private static Entry nodeOf(PathInfo pathInfo) {
    Entry.Builder node = pathInfo.getEntry().toBuilder();
    switch (node.getEntryCase()) {
      case DIRECTORY -> node.getDirectoryBuilder().clearName();
      case FILE -> node.getFileBuilder().clearName();
      case SYMLINK -> node.getSymlinkBuilder().clearName();
      case ENTRY_NOT_SET -> {}
    }
    return node.build();
  }

  private static NARInfo.CA.Hash ofArchive(NARInfo.CA.Hash type) {
    return switch (type) {
      case FLAT_SHA1 -> NARInfo.CA.Hash.NAR_SHA1;
      case FLAT_MD5 -> NARInfo.CA.Hash.NAR_MD5;
      case FLAT_SHA256 -> NARInfo.CA.Hash.NAR_SHA256;
      case FLAT_SHA512 -> NARInfo.CA.Hash.NAR_SHA512;
      case NAR_SHA256, NAR_SHA1, NAR_SHA512, NAR_MD5, TEXT_SHA256, UNRECOGNIZED -> type;
    };
  }

  private PathInfo changed(PathInfo pathInfo) {
    PathInfo.Builder builder = pathInfo.toBuilder();
    NARInfo.Builder narInfo = builder.getNarinfoBuilder();
    switch (fault) {
      case DERIVERS_ARE_DROPPED -> narInfo.clearDeriver();
      case ONE_SIGNATURE_IS_KEPT -> {
        while (narInfo.getSignaturesCount() > 1) {
          narInfo.removeSignatures(1);
        }
      }
      case CONTENT_ADDRESSES_ARE_OF_ARCHIVES -> {
        if (narInfo.hasCa()) {
          narInfo.getCaBuilder().setType(ofArchive(narInfo.getCa().getType()));
        }
      }
      case MANY_REFERENCES_ARE_CUT -> {
        List<ByteString> references = builder.getReferencesList().stream().limit(255).toList();
        builder.clearReferences().addAllReferences(references);
      }
      case TARGETS_OF_ROOTS_ARE_TEXT -> {
        if (builder.getEntry().hasSymlink()) {
          SymlinkEntry.Builder link = builder.getEntryBuilder().getSymlinkBuilder();
          link.setTarget(ByteString.copyFromUtf8(link.getTarget().toStringUtf8()));
        }
      }
      case SIGNATURES_OF_A_KEY_ARE_ONE -> {
        Map<String, NARInfo.Signature> last = new LinkedHashMap<>();
        narInfo.getSignaturesList().forEach(one -> last.put(one.getName(), one));
        narInfo.clearSignatures().addAllSignatures(last.values());
      }
      case ARCHIVE_SIZES_HAVE_32_BITS -> narInfo.setNarSize(narInfo.getNarSize() & 0xffffffffL);
      case SIGNATURES_ARE_DROPPED -> narInfo.clearSignatures();
      case CONTENT_ADDRESSES_ARE_DROPPED -> narInfo.clearCa();
      case REFERENCES_ARE_SORTED_AWAY -> {
        List<ByteString> references = new ArrayList<>(builder.getReferencesList()).reversed();
        builder.clearReferences().addAllReferences(references);
      }
      default -> {}
    }
    return builder.build();
  }

  List<? extends MessageLite> calculate(List<byte[]> messages)
      throws Refused, InvalidProtocolBufferException {
    Entry entry = Entry.parseFrom(messages.getFirst());
    boolean isNothing = entry.getEntryCase() == Entry.EntryCase.ENTRY_NOT_SET;
    if (isNothing && fault == StoreFault.ARCHIVES_OF_NOTHING_ARE_EMPTY) {
      return List.of(CalculateNARResponse.getDefaultInstance());
    }
    Archives.Archive archive = archives.of(entry);
    return List.of(
        CalculateNARResponse.newBuilder()
            .setNarSize(archive.sizeBytes())
            .setNarSha256(archive.sha256())
            .build());
  }

  List<? extends MessageLite> list(List<byte[]> messages) throws Refused {
    if (messages.size() != 1) {
      throw new Refused(Status.INVALID_ARGUMENT);
    }
    List<PathInfo> all =
        fault == StoreFault.LISTS_GO_BY_NUMBER ? byNumber() : new ArrayList<>(stored.values());
    switch (fault) {
      case LISTS_REPEAT_THE_FIRST -> all.add(all.getFirst());
      case LISTS_END_AT_A_PAGE -> all = all.subList(0, Math.min(PAGE, all.size()));
      case LISTS_HAVE_NO_FILES -> all.removeIf(one -> one.getEntry().hasFile());
      case LISTS_LOSE_THE_LAST -> all.removeLast();
      case LISTS_HAVE_NODES_ONLY ->
          all.replaceAll(one -> PathInfo.newBuilder().setEntry(one.getEntry()).build());
      default -> {}
    }
    return all;
  }

  /// Pages that begin at a number, each a moment after the one before.
  private List<PathInfo> byNumber() {
    List<PathInfo> all = new ArrayList<>();
    while (true) {
      List<PathInfo> page = stored.values().stream().skip(all.size()).limit(4).toList();
      if (page.isEmpty()) {
        return all;
      }
      all.addAll(page);
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return all;
      }
    }
  }
}
