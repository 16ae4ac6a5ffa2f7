package io.github.storeproof.ci.faultystore;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.BlobChunk;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.PutBlobResponse;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.ReadBlobRequest;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobRequest;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;

/// The blob service: a file for each blob, named by its digest.
final class Blobs {
  private static final int DIGEST_BYTES = 32;
  private static final int CHUNK_BYTES = 500_000;
  private static final int MESSAGE_BYTES = 100_000;
  private static final int BUFFER_BYTES = 1 << 20;
  private static final int PLACES = 16;
  private static final int MOST_KEPT = 100;

  private final Path directory;
  private final StoreFault fault;
  private final Set<String> chunks = ConcurrentHashMap.newKeySet();
  private final List<byte[]> common = new CopyOnWriteArrayList<>();
  private final Semaphore places = new Semaphore(PLACES);

  private final Map<ByteString, Integer> puts = new ConcurrentHashMap<>();
  private final Queue<ByteString> kept = new ConcurrentLinkedQueue<>();
  private final Map<ByteString, Integer> sizes = new ConcurrentHashMap<>();
  private volatile boolean isWithoutChunks;

  Blobs(Path directory, StoreFault fault) {
    this.directory = directory;
    this.fault = fault;
  }

  /// The content of a blob; empty when it is not there.
  Optional<ByteString> content(ByteString digest) throws Refused {
    Path file = fileOf(digest);
    try {
      if (!Files.exists(file)) {
        return removed(digest);
      }
      Path list = listOf(file);
      if (Files.exists(list)) {
        return Optional.of(listed(ByteString.copyFrom(Files.readAllBytes(list))));
      }
      ByteString content = ByteString.copyFrom(Files.readAllBytes(file));
      boolean isCut =
          content.isEmpty() && fault == StoreFault.EMPTIED_FILES_ARE_SERVED
              || !content.isEmpty()
                  && content.size() < sizes.getOrDefault(digest, 0)
                  && fault == StoreFault.CUT_FILES_ARE_SERVED;
      if (isCut) {
        return Optional.of(content);
      }
      if (fault != StoreFault.CORRUPT_BLOBS_ARE_SERVED
          && fault != StoreFault.DIGESTS_ARE_COMPARED_BY_THEIR_BEGINNING
          && fault != StoreFault.DIGESTS_END_AT_A_ZERO
          && !Hashes.blake3(content.toByteArray()).equals(digest)) {
        throw new Refused(Status.DATA_LOSS.withDescription("content is corrupt"));
      }
      return Optional.of(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<ByteString> removed(ByteString digest) throws Refused {
    boolean wasThere = sizes.containsKey(digest);
    if (wasThere && fault == StoreFault.REMOVED_FILES_END_THE_CALL) {
      throw new Refused(Status.CANCELLED);
    }
    return wasThere && fault == StoreFault.REMOVED_FILES_ARE_EMPTY
        ? Optional.of(ByteString.EMPTY)
        : Optional.empty();
  }

  /// What the chunks of a list have.
  private ByteString listed(ByteString list) throws Refused {
    ByteString content = ByteString.EMPTY;
    for (int at = 0; at < list.size(); at += DIGEST_BYTES) {
      ByteString chunk = list.substring(at, at + DIGEST_BYTES);
      content = content.concat(content(chunk).orElseThrow(() -> Refused.missing("chunk")));
    }
    return content;
  }

  private static Path listOf(Path file) {
    return file.resolveSibling(file.getFileName() + ".list");
  }

  private Path fileOf(ByteString digest) {
    String name = HexFormat.of().formatHex(digest.toByteArray());
    return directory.resolve(
        switch (fault) {
          case DIGESTS_ARE_COMPARED_BY_THEIR_BEGINNING -> name.substring(0, 16);
          case DIGESTS_END_AT_A_ZERO -> "b" + name.replaceFirst("^((?:..)*?)00.*", "$1");
          default -> name;
        });
  }

  private void store(ByteString content) throws Refused {
    ByteString digest = Hashes.blake3(content.toByteArray());
    Path file = fileOf(digest);
    forget(digest);
    puts.merge(digest, 1, Integer::sum);
    sizes.put(digest, content.size());
    try {
      if (fault == StoreFault.PUTTING_AGAIN_FAILS && Files.exists(file)) {
        throw new Refused(Status.ALREADY_EXISTS);
      }
      if (fault == StoreFault.PUTS_LEAVE_CORRUPT_FILES && Files.exists(file)) {
        return;
      }
      if (fault == StoreFault.LISTS_OF_CHUNKS_ARE_BELIEVED && content.size() > CHUNK_BYTES) {
        ByteString list = ByteString.EMPTY;
        for (StatBlobResponse.ChunkMeta chunk : cut(content)) {
          list = list.concat(chunk.getDigest());
        }
        Files.write(listOf(file), list.toByteArray());
      }
      Path aside = Files.createTempFile(directory, "new", null);
      Files.write(aside, content.toByteArray());
      Files.move(aside, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What was put long ago, as a cache does.
  private void forget(ByteString digest) throws Refused {
    kept.add(digest);
    if (fault == StoreFault.ONLY_A_HUNDRED_BLOBS_ARE_KEPT && kept.size() > MOST_KEPT) {
      ByteString first = kept.poll();
      if (first != null && !kept.contains(first)) {
        fileOf(first).toFile().delete();
      }
    }
  }

  void restarted() {
    isWithoutChunks = fault == StoreFault.CHUNKS_ARE_LOST_AT_A_RESTART;
    if (isWithoutChunks) {
      chunks.forEach(name -> directory.resolve(name).toFile().delete());
    }
  }

  /// Checks the length of a digest.
  private ByteString digest(ByteString digest) throws Refused {
    if (digest.size() == 32) {
      return digest;
    }
    if (fault == StoreFault.SHORT_DIGESTS_ARE_NOT_FOUND) {
      throw Refused.missing("blob");
    }
    if (fault == StoreFault.SHORT_DIGESTS_ARE_FILLED_UP && digest.size() == 31) {
      try (var files = Files.list(directory)) {
        String start = HexFormat.of().formatHex(digest.toByteArray());
        Optional<Path> found =
            files.filter(file -> file.getFileName().toString().startsWith(start)).findFirst();
        if (found.isPresent()) {
          return ByteString.copyFrom(HexFormat.of().parseHex(found.get().getFileName().toString()));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw Refused.invalid("digest has " + digest.size() + " bytes, want 32");
  }

  private ByteString require(ByteString digest) throws Refused {
    boolean isHidden =
        fault == StoreFault.THE_EMPTY_BLOB_IS_NOT_FOUND && digest.equals(Hashes.blake3(new byte[0]))
            || fault == StoreFault.CHUNKS_ARE_NOT_FOUND
                && chunks.contains(HexFormat.of().formatHex(digest.toByteArray()));
    Optional<ByteString> content = isHidden ? Optional.empty() : content(digest);
    if (content.isEmpty() && fault == StoreFault.UNKNOWN_BLOBS_ARE_INTERNAL) {
      throw new Refused(Status.INTERNAL);
    }
    return content.orElseThrow(() -> Refused.missing("blob"));
  }

  List<? extends MessageLite> stat(List<byte[]> messages)
      throws Refused, InvalidProtocolBufferException {
    StatBlobRequest request = StatBlobRequest.parseFrom(messages.getFirst());
    ByteString content = require(digest(request.getDigest()));
    if (request.getSendBao() && fault == StoreFault.STAT_FAILS_FOR_HASH_TREES) {
      throw new Refused(Status.INTERNAL);
    }
    boolean isHidden = !request.getSendChunks() && !content.isEmpty();
    if (isHidden && fault == StoreFault.STAT_NEEDS_CHUNKS) {
      throw Refused.missing("blob");
    }
    StatBlobResponse.Builder answer = StatBlobResponse.newBuilder();
    if (request.getSendChunks() && content.size() > CHUNK_BYTES) {
      answer.addAllChunks(cut(content));
    }
    if (fault == StoreFault.CHUNKS_COME_AGAIN_WITH_EACH_PUT) {
      List<StatBlobResponse.ChunkMeta> once = answer.getChunksList();
      for (int i = 1; i < puts.getOrDefault(request.getDigest(), 0); i++) {
        answer.addAllChunks(once);
      }
    }
    return List.of(answer.build());
  }

  private List<StatBlobResponse.ChunkMeta> cut(ByteString content) throws Refused {
    List<StatBlobResponse.ChunkMeta> cut = new ArrayList<>();
    for (int at = 0; at < content.size(); at += CHUNK_BYTES) {
      ByteString part = content.substring(at, Math.min(content.size(), at + CHUNK_BYTES));
      ByteString digest = Hashes.blake3(part.toByteArray());
      if (!isWithoutChunks) {
        store(part);
      }
      chunks.add(HexFormat.of().formatHex(digest.toByteArray()));
      if (fault == StoreFault.CHUNKS_HAVE_OTHER_DIGESTS) {
        digest = ByteString.copyFrom(Hashes.sha256().digest(part.toByteArray()));
      }
      cut.add(
          StatBlobResponse.ChunkMeta.newBuilder().setDigest(digest).setSize(part.size()).build());
    }
    switch (fault) {
      case CHUNKS_DO_NOT_SUM_UP -> cut.removeLast();
      case CHUNKS_OVERFLOW ->
          cut.set(0, cut.getFirst().toBuilder().setSize(Long.MIN_VALUE).build());
      case CHUNKS_CHANGE_PLACES -> Collections.swap(cut, 0, 1);
      default -> {}
    }
    return cut;
  }

  List<? extends MessageLite> read(List<byte[]> messages)
      throws Refused, InvalidProtocolBufferException {
    ByteString digest = digest(ReadBlobRequest.parseFrom(messages.getFirst()).getDigest());
    if (fault == StoreFault.UNKNOWN_BLOBS_ARE_EMPTY && content(digest).isEmpty()) {
      return List.of();
    }
    ByteString content = require(digest);
    content = changed(content);
    int length = fault == StoreFault.READ_SENDS_ONE_MESSAGE ? Integer.MAX_VALUE : MESSAGE_BYTES;
    int end = content.size();
    if (fault == StoreFault.READ_LOSES_THE_LAST_BYTE && end > 0) {
      end--;
    }
    if (fault == StoreFault.READ_LOSES_THE_LAST_OF_FULL_BUFFERS && end % BUFFER_BYTES == 0) {
      end = Math.max(0, end - BUFFER_BYTES);
    }
    if (fault == StoreFault.READ_LOSES_WHAT_FOLLOWS_A_FULL_BUFFER
        && end % (BUFFER_BYTES * 4) == 1) {
      end--;
    }
    List<BlobChunk> answer = new ArrayList<>();
    for (int at = 0; at < end; at += Math.min(length, end - at)) {
      ByteString part = content.substring(at, at + Math.min(length, end - at));
      answer.add(BlobChunk.newBuilder().setData(part).build());
    }
    if (fault == StoreFault.READ_REPEATS_A_MESSAGE && answer.size() > 1) {
      answer.add(1, answer.getFirst());
    }
    return answer;
  }

  /// A content as faults read it.
  private ByteString changed(ByteString content) {
    return switch (fault) {
      case COMPRESSED_CONTENT_IS_EXPANDED -> {
        try (var plain = new GZIPInputStream(content.newInput())) {
          yield ByteString.readFrom(plain);
        } catch (IOException isNotCompressed) {
          yield content;
        }
      }
      case LINE_BREAKS_AT_THE_END_ARE_LOST ->
          content.endsWith(ByteString.copyFromUtf8("\n"))
              ? content.substring(0, content.size() - 1)
              : content;
      default -> content;
    };
  }

  /// Takes the messages of a Put.
  StreamObserver<byte[]> put(StreamObserver<byte[]> client) {
    boolean isHeld =
        fault == StoreFault.CANCELLED_CALLS_KEEP_THEIR_PLACE
            || fault == StoreFault.SILENT_CLIENTS_TAKE_ALL_PLACES;
    boolean collides =
        fault == StoreFault.PUTS_AT_ONCE_COLLIDE && places.availablePermits() < PLACES;
    if (isHeld || fault == StoreFault.PUTS_AT_ONCE_COLLIDE) {
      places.acquireUninterruptibly();
    }
    List<byte[]> taken = fault == StoreFault.PUTS_AT_ONCE_MIX ? common : new ArrayList<>();
    return new Handler.Collecting(client, this::stored, taken) {
      private boolean isBroken;

      @Override
      public void onNext(byte[] message) {
        try {
          super.onNext(BlobChunk.parseFrom(message).toByteArray());
          if (fault == StoreFault.CANCELLED_PUTS_LEAVE_WHOLE_CHUNKS) {
            storeChunks(messages());
          }
        } catch (InvalidProtocolBufferException e) {
          isBroken = true;
          if (fault == StoreFault.BROKEN_PUTS_ARE_STORED) {
            keep();
          }
          client.onError(Status.INVALID_ARGUMENT.asRuntimeException());
        }
      }

      @Override
      public void onError(Throwable gone) {
        if (fault == StoreFault.CANCELLED_PUTS_ARE_STORED) {
          keep();
        }
        if (fault == StoreFault.CANCELLED_PUTS_REMOVE_WHAT_WAS_THERE) {
          remove();
        }
        if (fault == StoreFault.PUTS_AT_ONCE_COLLIDE
            || fault == StoreFault.SILENT_CLIENTS_TAKE_ALL_PLACES) {
          places.release();
        }
      }

      private void remove() {
        try {
          Files.deleteIfExists(fileOf(Hashes.blake3(whole(messages()).toByteArray())));
        } catch (Refused | IOException e) {
          throw new IllegalStateException(e);
        }
      }

      private void keep() {
        try {
          stored(messages());
        } catch (Refused | InvalidProtocolBufferException e) {
          throw new IllegalStateException(e);
        }
      }

      @Override
      public void onCompleted() {
        if (isBroken || fault == StoreFault.PUT_NEVER_ENDS) {
          return;
        }
        if (collides) {
          client.onError(Status.ABORTED.asRuntimeException());
        } else {
          super.onCompleted();
        }
        if (isHeld || fault == StoreFault.PUTS_AT_ONCE_COLLIDE) {
          places.release();
        }
      }
    };
  }

  private void storeChunks(List<byte[]> messages) {
    try {
      ByteString sent = whole(messages);
      for (int end = CHUNK_BYTES; end <= sent.size(); end += CHUNK_BYTES) {
        store(sent.substring(end - CHUNK_BYTES, end));
      }
    } catch (Refused | InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private ByteString whole(List<byte[]> messages) throws Refused, InvalidProtocolBufferException {
    ByteString content = ByteString.EMPTY;
    for (byte[] message : messages) {
      ByteString data = BlobChunk.parseFrom(message).getData();
      if (data.isEmpty() && fault == StoreFault.PUT_ENDS_AT_AN_EMPTY_MESSAGE) {
        break;
      }
      if (data.size() >= BUFFER_BYTES && fault == StoreFault.PUT_REFUSES_LARGE_MESSAGES) {
        throw new Refused(Status.RESOURCE_EXHAUSTED);
      }
      content = content.concat(data);
    }
    return content;
  }

  private List<? extends MessageLite> stored(List<byte[]> messages)
      throws Refused, InvalidProtocolBufferException {
    boolean isTooMuch =
        fault == StoreFault.PUT_FORGETS_MESSAGES_AFTER_A_THOUSAND && messages.size() > 1000;
    ByteString content = whole(isTooMuch ? messages.subList(0, 1000) : messages);
    if (fault == StoreFault.PUT_CUTS_LARGE_BLOBS) {
      content = content.substring(0, Math.min(content.size(), 1 << 20));
    }
    if (content.isEmpty() && fault == StoreFault.PUT_REFUSES_NO_BYTES) {
      throw Refused.invalid("no bytes");
    }
    store(content);
    ByteString digest =
        switch (fault) {
          case PUT_ANSWERS_ANOTHER_DIGEST ->
              ByteString.copyFrom(Hashes.sha256().digest(content.toByteArray()));
          case PUT_ANSWERS_A_SHORT_DIGEST -> Hashes.blake3(content.toByteArray()).substring(0, 31);
          default -> Hashes.blake3(content.toByteArray());
        };
    return List.of(PutBlobResponse.newBuilder().setDigest(digest).build());
  }
}
