package io.github.storeproof.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.proto.castore.v1.BlobServiceGrpc;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.BlobChunk;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.PutBlobResponse;
import io.github.storeproof.proto.castore.v1.DirectoryServiceGrpc;
import io.github.storeproof.proto.castore.v1.DirectoryServiceProto.PutDirectoryResponse;
import io.github.storeproof.store.directory.MemoryDirectoryService;
import io.github.storeproof.store.file.FileStore;
import io.github.storeproof.store.pathinfo.MemoryPathInfoService;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients that stop in the middle of what they say, at a server whose blobs are files.
@Timeout(120)
class SilentCallsTest {
  private static final Duration LIMIT = Duration.ofMillis(300);

  @TempDir private Path directory;

  private FileStore store;
  private ServedStores served;

  @BeforeEach
  void serve() throws Exception {
    store = FileStore.open(directory.resolve("store"), SizeRule.SNIX);
    served =
        new ServedStores(
            directory,
            ServerSettings.DEFAULT.withSilenceLimit(LIMIT),
            store.blobs(),
            new MemoryDirectoryService(SizeRule.SNIX),
            new MemoryPathInfoService());
  }

  @AfterEach
  void end() {
    served.close();
    store.close();
  }

  /// How a call ended.
  private static final class Outcome<R> implements StreamObserver<R> {
    private final CompletableFuture<Status> status = new CompletableFuture<>();

    @Override
    public void onNext(R answer) {}

    @Override
    public void onError(Throwable failure) {
      status.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
      status.complete(Status.OK);
    }

    Status.Code code() throws Exception {
      return status.get().getCode();
    }
  }

  private static BlobChunk chunk() {
    return BlobChunk.newBuilder().setData(ByteString.copyFrom(new byte[1000])).build();
  }

  private long incomingCount() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("store/incoming"))) {
      return files.count();
    }
  }

  @Test
  void aPutThatStopsIsEndedAndLeavesNothingAndOthersGoOn() throws Exception {
    var blobs = BlobServiceGrpc.newStub(served.channel().calls());
    Outcome<PutBlobResponse> stopped = new Outcome<>();
    blobs.put(stopped).onNext(chunk());
    assertThat(stopped.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertThat(stopped.status.get().getDescription()).contains("said nothing for 300 ms");
    // The status is sent before the file is removed.
    while (incomingCount() > 0) {
      Thread.sleep(10);
    }

    Outcome<PutBlobResponse> complete = new Outcome<>();
    StreamObserver<BlobChunk> upload = blobs.put(complete);
    upload.onNext(chunk());
    upload.onCompleted();
    assertThat(complete.code()).isEqualTo(Status.Code.OK);
  }

  @Test
  void aClientThatSaysNothingAtAllIsEnded() throws Exception {
    Outcome<PutDirectoryResponse> directories = new Outcome<>();
    var _ = DirectoryServiceGrpc.newStub(served.channel().calls()).put(directories);
    assertThat(directories.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
  }
}
