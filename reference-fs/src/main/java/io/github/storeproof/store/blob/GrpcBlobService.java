package io.github.storeproof.store.blob;

import com.google.protobuf.ByteString;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.proto.castore.v1.BlobServiceGrpc;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.ReadBlobRequest;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobRequest;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobResponse;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.remote.RemoteStore;
import io.github.storeproof.store.remote.SharedLoads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Blobs of another process, by the gRPC service `BlobService`.
///
/// No byte is served before it was checked. A small blob comes as a whole and is checked against its
/// own digest, so that no list of chunks need be believed; of a larger one each chunk is checked when
/// it is first read, and the sizes of all must add up. What was checked last is kept in memory.
/// *Thread-safe.*
public final class GrpcBlobService implements BlobService, Pieces {
  /// Blobs up to this size come as a whole.
  static final long WHOLE_BYTES = 1 << 20;

  /// The most bytes that come in one piece.
  static final long MOST_PIECE_BYTES = 256 << 20;

  private static final long KEPT_BYTES = 64 << 20;
  private static final long KEPT_CHUNKS = 1 << 18;
  private static final B3Digest EMPTY = new Blake3().digest();

  private final RemoteStore remote;
  private final SharedLoads<B3Digest, byte[]> pieces =
      new SharedLoads<>(KEPT_BYTES, bytes -> bytes.length);
  private final SharedLoads<B3Digest, List<Chunk>> lists =
      new SharedLoads<>(KEPT_CHUNKS, chunks -> 1 + chunks.size());

  public GrpcBlobService(RemoteStore remote) {
    this.remote = remote;
  }

  @Override
  public boolean has(B3Digest digest) throws StoreException {
    return stat(digest, false).isPresent();
  }

  @Override
  public Optional<List<Chunk>> chunks(B3Digest digest) throws StoreException {
    Optional<StatBlobResponse> answer = stat(digest, true);
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    List<Chunk> chunks = new ArrayList<>();
    for (StatBlobResponse.ChunkMeta chunk : answer.get().getChunksList()) {
      chunks.add(chunk(digest, chunk));
    }
    return Optional.of(List.copyOf(chunks));
  }

  private Optional<StatBlobResponse> stat(B3Digest digest, boolean sendChunks)
      throws StoreException {
    StatBlobRequest request =
        StatBlobRequest.newBuilder()
            .setDigest(ByteString.copyFrom(digest.toBytes()))
            .setSendChunks(sendChunks)
            .build();
    return remote.ask(BlobServiceGrpc.getStatMethod(), request, "stat of blob " + digest);
  }

  private static Chunk chunk(B3Digest blob, StatBlobResponse.ChunkMeta chunk)
      throws StoreException {
    if (chunk.getSize() <= 0 || chunk.getSize() > MOST_PIECE_BYTES) {
      throw corrupt(
          "a chunk of blob %s has %s bytes, want 1..%d"
              .formatted(blob, Long.toUnsignedString(chunk.getSize()), MOST_PIECE_BYTES));
    }
    try {
      return new Chunk(B3Digest.of(chunk.getDigest().toByteArray()), chunk.getSize());
    } catch (InvalidDataException e) {
      throw new StoreException(
          StoreFailure.CORRUPT, "a chunk of blob " + blob + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Optional<BlobReader> openRead(B3Digest digest) throws StoreException {
    Optional<List<Chunk>> chunks = chunks(digest);
    if (chunks.isEmpty()) {
      return Optional.empty();
    }
    long sizeBytes = chunks.get().stream().mapToLong(Chunk::sizeBytes).sum();
    return sizeBytes == 0
        ? pieces.of(digest, () -> read(digest, Optional.empty())).map(PieceReader::new)
        : openRead(digest, sizeBytes);
  }

  @Override
  public Optional<BlobReader> openRead(B3Digest digest, long sizeBytes) throws StoreException {
    if (digest.equals(EMPTY) && sizeBytes == 0) {
      return Optional.of(new PieceReader(new byte[0]));
    }
    if (sizeBytes <= WHOLE_BYTES) {
      return piece(digest, sizeBytes).map(PieceReader::new);
    }
    return lists
        .of(digest, () -> chunks(digest, sizeBytes))
        .map(chunks -> new ChunkedReader(this, digest, chunks));
  }

  @Override
  public void forgetChunks(B3Digest digest) {
    lists.forget(digest);
  }

  /// The chunks of a blob of this length, or the blob as the only one.
  private Optional<List<Chunk>> chunks(B3Digest digest, long sizeBytes) throws StoreException {
    Optional<List<Chunk>> answer = chunks(digest);
    if (answer.isEmpty()) {
      return answer;
    }
    List<Chunk> chunks =
        answer.get().isEmpty() ? List.of(new Chunk(digest, sizeBytes)) : answer.get();
    long sum = 0;
    for (Chunk chunk : chunks) {
      // Each is at most 256 MiB, and there are fewer than 2^31: no overflow.
      sum += chunk.sizeBytes();
    }
    if (sum != sizeBytes) {
      throw corrupt(
          "the chunks of blob %s have %d bytes, want %d".formatted(digest, sum, sizeBytes));
    }
    return Optional.of(chunks);
  }

  @Override
  public Optional<byte[]> piece(B3Digest digest, long sizeBytes) throws StoreException {
    if (sizeBytes > MOST_PIECE_BYTES) {
      throw new StoreException(
          StoreFailure.FULL,
          "blob %s comes in one piece of %d bytes, want at most %d"
              .formatted(digest, sizeBytes, MOST_PIECE_BYTES));
    }
    Optional<byte[]> bytes = pieces.of(digest, () -> read(digest, Optional.of((int) sizeBytes)));
    if (bytes.isPresent() && bytes.get().length != sizeBytes) {
      throw corrupt(
          "blob %s has %d bytes, want %d".formatted(digest, bytes.get().length, sizeBytes));
    }
    return bytes;
  }

  private Optional<byte[]> read(B3Digest digest, Optional<Integer> sizeBytes)
      throws StoreException {
    ReadBlobRequest request =
        ReadBlobRequest.newBuilder().setDigest(ByteString.copyFrom(digest.toBytes())).build();
    int most = sizeBytes.orElse((int) MOST_PIECE_BYTES);
    return remote.stream(
        BlobServiceGrpc.getReadMethod(),
        request,
        "blob " + digest,
        most,
        messages -> {
          Piece piece = new Piece(digest, most);
          for (var next = messages.next(); next.isPresent(); next = messages.next()) {
            piece.add(next.get().getData());
          }
          return Optional.of(piece.checked(sizeBytes));
        });
  }

  static StoreException corrupt(String message) {
    return new StoreException(StoreFailure.CORRUPT, message);
  }

  @Override
  public BlobWriter openWrite() {
    return new GrpcBlobWriter(remote.upload(BlobServiceGrpc.getPutMethod(), "put of a blob"));
  }
}
