package io.github.storeproof.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.NarInfo;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.model.Sha256Digest;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.proto.castore.v1.BlobServiceGrpc;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.PutBlobResponse;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.blob.GrpcBlobService;
import io.github.storeproof.store.blob.MemoryBlobService;
import io.github.storeproof.store.directory.DirectoryWriter;
import io.github.storeproof.store.directory.GrpcDirectoryService;
import io.github.storeproof.store.directory.MemoryDirectoryService;
import io.github.storeproof.store.pathinfo.GrpcPathInfoService;
import io.github.storeproof.store.pathinfo.MemoryPathInfoService;
import io.github.storeproof.store.remote.RawMessages;
import io.github.storeproof.store.remote.RemoteStore;
import io.grpc.MethodDescriptor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stores in memory, served on a unix socket and asked through it.
class StoreServerTest {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  @TempDir private Path directory;

  private UnixDomainSocketAddress address;
  private StoreServer server;
  private StoreChannel channel;
  private RemoteStore remote;

  @BeforeEach
  void serve() throws IOException {
    address = UnixDomainSocketAddress.of(directory.resolve("socket"));
    server = start();
    channel = new StoreChannel(address, "localhost");
    remote = new RemoteStore(channel.channel(), DEADLINE);
  }

  private StoreServer start() throws IOException {
    return StoreServer.start(
        address,
        new MemoryBlobService(),
        new MemoryDirectoryService(SizeRule.SNIX),
        new MemoryPathInfoService());
  }

  @AfterEach
  void end() {
    channel.close();
    server.close();
  }

  @Test
  void aBlobOfSeveralChunksComesBackAsItWasPut() throws Exception {
    byte[] bytes = new byte[(3 << 20) + 1];
    new Random(1).nextBytes(bytes);
    GrpcBlobService blobs = new GrpcBlobService(remote);
    B3Digest digest = blobs.put(MemorySegment.ofArray(bytes));
    assertThat(digest).isEqualTo(Blake3.hash(bytes));
    assertThat(blobs.chunks(digest).orElseThrow()).hasSizeGreaterThan(1);
    byte[] read = new byte[bytes.length];
    try (BlobReader reader = blobs.openRead(digest, bytes.length).orElseThrow()) {
      assertThat(reader.read(0, MemorySegment.ofArray(read))).isEqualTo(bytes.length);
    }
    assertThat(read).isEqualTo(bytes);
  }

  @Test
  void aBlobOfAnotherLengthThanStatedIsRefused() throws Exception {
    GrpcBlobService blobs = new GrpcBlobService(remote);
    B3Digest digest = blobs.put(MemorySegment.ofArray(new byte[100]));
    assertThatThrownBy(() -> blobs.openRead(digest, 101))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("has 100 bytes, want 101");
  }

  /// A field, then the end of a group that never began.
  @Test
  void aMessageThatHidesItsRestIsRefused() {
    byte[] message = {0x0a, 1, 'x', 0x0c, 0x0a, 1, 'y'};
    MethodDescriptor<byte[], PutBlobResponse> put =
        BlobServiceGrpc.getPutMethod().toBuilder(
                RawMessages.INSTANCE, BlobServiceGrpc.getPutMethod().getResponseMarshaller())
            .build();
    assertThatThrownBy(
            () -> {
              try (var upload = remote.upload(put, "put")) {
                upload.send(message);
                upload.finish();
              }
            })
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("message of 7 bytes is no BlobChunk");
  }

  @Test
  void directoriesArePutLeavesFirst() throws Exception {
    GrpcDirectoryService directories = new GrpcDirectoryService(remote);
    Directory root =
        Directory.builder()
            .add(PathComponent.of("a"), new DirectoryNode(Directory.EMPTY.digest(), 0))
            .build();
    try (DirectoryWriter writer = directories.putMultiple()) {
      writer.put(Directory.EMPTY);
      writer.put(root);
      assertThat(writer.commit()).isEqualTo(root.digest());
    }
    assertThat(directories.get(root.digest())).contains(root);
    assertThatThrownBy(() -> directories.put(root))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("INVALID_ARGUMENT");
  }

  @Test
  void pathInfosAreFoundByTheirDigestsAndListed() throws Exception {
    GrpcPathInfoService pathInfos = new GrpcPathInfoService(remote);
    StorePath path = StorePath.of(new byte[20], "name");
    PathInfo pathInfo =
        new PathInfo(
            path,
            new DirectoryNode(Directory.EMPTY.digest(), 0),
            List.of(),
            NarInfo.of(112, Sha256Digest.of(new byte[32])));
    assertThat(pathInfos.get(path.digest())).isEmpty();
    assertThat(pathInfos.put(pathInfo)).isEqualTo(pathInfo);
    assertThat(pathInfos.get(path.digest())).contains(pathInfo);
    assertThat(pathInfos.list().next()).contains(pathInfo);
  }

  @Test
  void whatIsNotThereIsEmpty() throws Exception {
    B3Digest digest = Blake3.hash(new byte[] {1});
    assertThat(new GrpcBlobService(remote).openRead(digest, 1)).isEmpty();
    assertThat(new GrpcBlobService(remote).openRead(digest, 2 << 20)).isEmpty();
    assertThat(new GrpcDirectoryService(remote).get(digest)).isEmpty();
  }

  @Test
  void aSocketThatIsServedIsNotTaken() {
    assertThatThrownBy(this::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another process listens on");
  }
}
