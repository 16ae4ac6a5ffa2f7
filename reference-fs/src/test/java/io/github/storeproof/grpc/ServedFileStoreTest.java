package io.github.storeproof.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.proto.castore.v1.CastoreProto.Entry;
import io.github.storeproof.proto.castore.v1.CastoreProto.FileEntry;
import io.github.storeproof.proto.store.v1.PathInfoServiceGrpc;
import io.github.storeproof.proto.store.v1.PathInfoServiceProto.CalculateNARResponse;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.blob.BlobServiceContract;
import io.github.storeproof.store.blob.GrpcBlobService;
import io.github.storeproof.store.file.FileStore;
import io.grpc.Status;
import io.grpc.StatusException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Blobs of a directory, asked for over a socket.
class ServedFileStoreTest extends BlobServiceContract {
  @TempDir private Path directory;

  private FileStore store;
  private ServedStores served;

  @BeforeEach
  void serve() throws Exception {
    store = FileStore.open(directory.resolve("store"), SizeRule.SNIX);
    served = new ServedStores(directory, store.blobs(), store.directories(), store.pathInfos());
  }

  @AfterEach
  void end() {
    served.close();
    store.close();
  }

  @Override
  protected BlobService blobs() {
    return new GrpcBlobService(served.remote());
  }

  private CalculateNARResponse calculate(B3Digest digest, long sizeBytes) throws StatusException {
    FileEntry file =
        FileEntry.newBuilder()
            .setDigest(ByteString.copyFrom(digest.toBytes()))
            .setSize(sizeBytes)
            .build();
    return PathInfoServiceGrpc.newBlockingV2Stub(served.channel().channel())
        .calculateNAR(Entry.newBuilder().setFile(file).build());
  }

  @Test
  void theNarOfAFileIsCalculated() throws Exception {
    byte[] bytes = "hello\n".getBytes(StandardCharsets.US_ASCII);
    CalculateNARResponse answer = calculate(blobs().put(MemorySegment.ofArray(bytes)), 6);
    assertThat(answer.getNarSize()).isEqualTo(120);
    assertThat(answer.getNarSha256().size()).isEqualTo(32);
  }

  @Test
  void theNarOfMissingOrCorruptContentIsDataLoss() throws Exception {
    B3Digest digest = blobs().put(MemorySegment.ofArray(new byte[] {1, 2, 3}));
    assertDataLoss(digest, 4);
    Path file =
        store
            .directory()
            .resolve("blobs")
            .resolve(digest.hex().substring(0, 2))
            .resolve(digest.hex());
    Files.write(file, new byte[] {1, 2, 4});
    assertDataLoss(digest, 3);
  }

  private void assertDataLoss(B3Digest digest, long sizeBytes) {
    assertThatThrownBy(() -> calculate(digest, sizeBytes))
        .isInstanceOfSatisfying(
            StatusException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.DATA_LOSS));
  }
}
