package io.github.storeproof.conformance.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.proto.castore.v1.BlobServiceGrpc;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.BlobChunk;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.ReadBlobRequest;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobRequest;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobResponse.ChunkMeta;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store of one file of 1,000,000 bytes, asked through the proxy.
class FaultProxyTest {
  private static final Content CONTENT = Content.random(7, 1_000_000);
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path directory;

  private StoreBehind store;
  private Sockets sockets;
  private ManagedChannel channel;

  @BeforeEach
  void open() throws Exception {
    store =
        StoreBehind.open(
            new StoreBehind.Settings(
                null, ServicePackage.SNIX, SizeRule.SNIX, directory.resolve("socket")));
    store.add(Fixture.of("one", "one", Tree.plain(CONTENT)));
    sockets = new Sockets();
    channel = sockets.channel(StoreAddress.parse(store.unixAddress()));
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
    sockets.close();
    store.close();
  }

  private byte[] read() {
    return read(ByteString.copyFrom(CONTENT.digest().toBytes()));
  }

  private byte[] read(ByteString digest) {
    ReadBlobRequest request = ReadBlobRequest.newBuilder().setDigest(digest).build();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Iterator<BlobChunk> chunks = BlobServiceGrpc.newBlockingStub(channel).read(request);
    chunks.forEachRemaining(chunk -> all.writeBytes(chunk.getData().toByteArray()));
    return all.toByteArray();
  }

  private static byte[] right() {
    return CONTENT.slice(0, (int) CONTENT.size());
  }

  @Test
  void withoutFaultsItPassesEverythingOn() {
    assertThat(read()).isEqualTo(right());
  }

  @Test
  void oneBitIsFlippedUntilTheStoreIsCleared() {
    store.faults().blob(CONTENT.digest(), new Fault.Flips(500_000));
    byte[] flipped = right();
    flipped[500_000] ^= 1;
    assertThat(read()).isEqualTo(flipped);
    store.faults().clear();
    assertThat(read()).isEqualTo(right());
  }

  @Test
  void bytesAreCutOffOrAdded() {
    store.faults().blob(CONTENT.digest(), new Fault.Shortens(10));
    assertThat(read()).isEqualTo(CONTENT.slice(0, (int) CONTENT.size() - 10));
    store.faults().blob(CONTENT.digest(), new Fault.Lengthens(10));
    assertThat(read()).hasSize((int) CONTENT.size() + 10).startsWith(right());
  }

  @Test
  void aMissingBlobIsNotFound() {
    store.faults().blob(CONTENT.digest(), new Fault.Missing());
    assertThatThrownBy(this::read)
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("NOT_FOUND");
  }

  @Test
  void aBlobWithoutOneOfItsChunksIsStillListed() {
    StatBlobRequest request =
        StatBlobRequest.newBuilder()
            .setDigest(ByteString.copyFrom(CONTENT.digest().toBytes()))
            .setSendChunks(true)
            .build();
    List<ChunkMeta> chunks = BlobServiceGrpc.newBlockingStub(channel).stat(request).getChunksList();
    store.faults().blob(CONTENT.digest(), new Fault.MissingAt(chunks.getFirst().getSize()));
    assertThat(BlobServiceGrpc.newBlockingStub(channel).stat(request).getChunksList())
        .isEqualTo(chunks);
    assertThat(read(chunks.get(0).getDigest())).hasSize((int) chunks.get(0).getSize());
    assertThatThrownBy(() -> read(chunks.get(1).getDigest())).hasMessageContaining("NOT_FOUND");
    assertThatThrownBy(this::read).hasMessageContaining("NOT_FOUND");
  }

  @Test
  void aHeldCallIsAnsweredOnceItIsReleased() {
    store.faults().blob(CONTENT.digest(), new Fault.Holds());
    CompletableFuture<byte[]> reading = CompletableFuture.supplyAsync(this::read);
    assertThat(store.faults().awaitHeld(1, SOON)).isTrue();
    assertThat(reading).isNotDone();
    store.faults().release();
    assertThat(reading.join()).isEqualTo(right());
  }

  @Test
  void whileItIsTakenDownNobodyAnswers() {
    store.faults().takeDown();
    assertThatThrownBy(this::read).hasMessageContaining("UNAVAILABLE");
  }
}
