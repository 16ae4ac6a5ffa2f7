package io.github.storeproof.ci.bench;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.github.storeproof.grpc.StoreChannel;
import io.github.storeproof.grpc.StoreServer;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.proto.castore.v1.BlobServiceGrpc;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.BlobChunk;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.PutBlobResponse;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.ReadBlobRequest;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.directory.GrpcDirectoryService;
import io.github.storeproof.store.pathinfo.MemoryPathInfoService;
import io.github.storeproof.store.remote.RemoteStore;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/// Stores behind a unix socket, and a client that is as fast as it can.
final class ServedBench implements AutoCloseable {
  private static final int MESSAGE_BYTES = 256 << 10;
  private static final Duration DEADLINE = Duration.ofMinutes(10);

  private final StoreServer server;
  private final StoreChannel channel;

  ServedBench(Path socket, BlobService blobs, DirectoryService directories) throws IOException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(socket);
    server = StoreServer.start(address, blobs, directories, new MemoryPathInfoService());
    channel = new StoreChannel(address, "localhost");
  }

  /// Puts a blob that no other put has put.
  ByteString put(long sizeBytes, Random random) throws Exception {
    byte[] bytes = new byte[MESSAGE_BYTES];
    var call = BlobServiceGrpc.newBlockingV2Stub(channel.calls()).put();
    for (long at = 0; at < sizeBytes; at += MESSAGE_BYTES) {
      // What was sent may wait to be written.
      byte[] message = bytes.clone();
      long mark = random.nextLong();
      for (int i = 0; i < Long.BYTES; i++) {
        message[i] = (byte) (mark >>> (i * Byte.SIZE));
      }
      call.write(BlobChunk.newBuilder().setData(UnsafeByteOperations.unsafeWrap(message)).build());
    }
    call.halfClose();
    PutBlobResponse answer = call.read();
    if (answer == null) {
      throw new IOException("Put has no answer, want a digest");
    }
    return answer.getDigest();
  }

  /// Reads a blob.
  ///
  /// @return its bytes
  long read(ByteString digest) throws Exception {
    var call =
        BlobServiceGrpc.newBlockingV2Stub(channel.calls())
            .read(ReadBlobRequest.newBuilder().setDigest(digest).build());
    long sizeBytes = 0;
    for (BlobChunk chunk = call.read(); chunk != null; chunk = call.read()) {
      sizeBytes += chunk.getData().size();
    }
    return sizeBytes;
  }

  /// Gets one directory again and again.
  void get(Directory directory, int count) throws Exception {
    var directories =
        new GrpcDirectoryService(new RemoteStore(channel.channel(), channel.calls(), DEADLINE));
    B3Digest digest = directories.put(directory);
    for (int i = 0; i < count; i++) {
      var _ = directories.get(digest).orElseThrow();
    }
  }

  /// Makes calls of which both messages are next to nothing.
  void check(int count) {
    var health = HealthGrpc.newBlockingStub(channel.calls());
    for (int i = 0; i < count; i++) {
      var _ = health.check(HealthCheckRequest.getDefaultInstance());
    }
  }

  @Override
  public void close() {
    channel.close();
    server.close();
  }
}
