package io.github.storeproof.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.proto.castore.v1.BlobServiceGrpc;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.ReadBlobRequest;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobResponse;
import io.github.storeproof.store.blob.BlobWriter;
import io.github.storeproof.store.file.ObjectStore;
import io.grpc.Status;
import io.grpc.StatusException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Blobs of a store of objects, asked for over a socket.
class ServedObjectStoreTest {
  private static final int SIZE_BYTES = 1_500_000;

  @TempDir private Path directory;

  /// Each chunk is right by itself, and the sizes add up.
  @Test
  void chunksInAnotherOrderAreDataLoss() throws Exception {
    byte[] content = new byte[SIZE_BYTES];
    new Random(1).nextBytes(content);
    B3Digest digest = put(content);
    assertThat(read(digest)).isEqualTo(SIZE_BYTES);
    Path list = list(digest);
    StatBlobResponse.Builder chunks =
        StatBlobResponse.parseFrom(Files.readAllBytes(list)).toBuilder();
    StatBlobResponse.ChunkMeta first = chunks.getChunks(0);
    chunks.setChunks(0, chunks.getChunks(1)).setChunks(1, first);
    assertThat(list.toFile().setWritable(true)).isTrue();
    Files.write(list, chunks.build().toByteArray());
    assertThatThrownBy(() -> read(digest))
        .isInstanceOfSatisfying(
            StatusException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.DATA_LOSS));
    put(content);
    assertThat(read(digest)).isEqualTo(SIZE_BYTES);
  }

  private ObjectStore store() throws Exception {
    return ObjectStore.open(directory.resolve("store"), SizeRule.SNIX);
  }

  private B3Digest put(byte[] content) throws Exception {
    try (BlobWriter writer = store().blobs().openWrite()) {
      writer.write(MemorySegment.ofArray(content));
      return writer.commit();
    }
  }

  /// Reads a blob of a server that knows nothing yet, and returns its size.
  private long read(B3Digest digest) throws Exception {
    ObjectStore store = store();
    try (var served =
        new ServedStores(directory, store.blobs(), store.directories(), store.pathInfos())) {
      var answer =
          BlobServiceGrpc.newBlockingV2Stub(served.channel().channel())
              .read(
                  ReadBlobRequest.newBuilder()
                      .setDigest(ByteString.copyFrom(digest.toBytes()))
                      .build());
      long sizeBytes = 0;
      while (answer.hasNext()) {
        sizeBytes += answer.read().getData().size();
      }
      return sizeBytes;
    }
  }

  private Path list(B3Digest digest) throws IOException {
    String name = java.util.HexFormat.of().formatHex(digest.toBytes());
    try (Stream<Path> files = Files.walk(directory.resolve("store"))) {
      return files
          .filter(file -> file.endsWith(name) && file.toString().contains("blobs"))
          .findFirst()
          .orElseThrow();
    }
  }
}
