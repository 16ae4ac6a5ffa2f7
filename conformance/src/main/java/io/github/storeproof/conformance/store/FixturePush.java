package io.github.storeproof.conformance.store;

import com.google.protobuf.ByteString;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureInstaller;
import io.github.storeproof.fixtures.FixtureSink;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.fixtures.profile.GeneratedPath;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryCodec;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.proto.castore.v1.BlobServiceGrpc;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.BlobChunk;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.PutBlobResponse;
import io.github.storeproof.proto.castore.v1.DirectoryServiceGrpc;
import io.github.storeproof.proto.castore.v1.DirectoryServiceProto.PutDirectoryResponse;
import io.github.storeproof.proto.store.v1.PathInfoProto.PathInfo;
import io.github.storeproof.proto.store.v1.PathInfoServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Pushes fixtures into a store: first blobs, then for each store path its directories from the
/// leaves to the root, then the path infos. *Confined.*
final class FixturePush {
  private static final Duration CALL_LIMIT = Duration.ofSeconds(60);
  private static final long SLOW_BYTES_PER_SECOND = 4 << 20;
  private static final int MESSAGE_BYTES = 256 << 10;

  /// What every service takes as one message.
  private static final int USUAL_BYTES = 2 << 20;

  private final Channel channel;
  private final ServicePackage names;
  private final SizeRule sizeRule;
  private final Set<B3Digest> blobs = new HashSet<>();

  /// @param names the package of the services
  /// @param sizeRule how the store counts the sizes of directories
  FixturePush(Channel channel, ServicePackage names, SizeRule sizeRule) {
    this.channel = channel;
    this.names = names;
    this.sizeRule = sizeRule;
  }

  /// Pushes all of a fixture; content that this has pushed before is not sent again.
  ///
  /// @throws StoreRefusal at the first call that fails
  void push(Fixture fixture) throws StoreRefusal {
    List<Pushed> paths = new ArrayList<>();
    for (Map.Entry<StorePath, Tree> root : fixture.roots().entrySet()) {
      paths.add(
          new Pushed(
              only(root),
              node -> FixtureMessages.pathInfo(root.getKey(), node, root.getValue()),
              false));
    }
    List<StoreRefusal> leftOut = pushAll(paths);
    if (!leftOut.isEmpty()) {
      throw leftOut.getFirst();
    }
  }

  /// Pushes generated paths; content that this has pushed before is not sent again.
  ///
  /// @return why paths were left out that have a directory larger than what the store takes as one message
  /// @throws StoreRefusal at the first call that fails otherwise
  List<StoreRefusal> push(List<GeneratedPath> generated) throws StoreRefusal {
    List<Pushed> paths = new ArrayList<>();
    for (GeneratedPath path : generated) {
      paths.add(
          new Pushed(
              path.fixture(), _ -> FixtureMessages.pathInfo(path, path.node(sizeRule)), true));
    }
    return pushAll(paths);
  }

  /// A store path to push.
  ///
  /// @param fixture it alone
  /// @param pathInfo its path info, for its root node
  /// @param isCompared whether the answer must be that path info; what a mount shows is judged there
  private record Pushed(Fixture fixture, Function<Node, PathInfo> pathInfo, boolean isCompared) {}

  private List<StoreRefusal> pushAll(List<Pushed> paths) throws StoreRefusal {
    List<Root> roots = new ArrayList<>();
    try (SideBySide calls = new SideBySide()) {
      for (Pushed path : paths) {
        Root gathered = new Root(path, calls);
        FixtureInstaller.push(path.fixture, sizeRule, gathered);
        roots.add(gathered);
      }
    }
    try (SideBySide calls = new SideBySide()) {
      for (Root root : roots) {
        if (!root.directories.isEmpty()) {
          calls.start(() -> putDirectories(root));
        }
      }
    }
    try (SideBySide calls = new SideBySide()) {
      for (Root root : roots) {
        if (root.tooLarge.get() == null) {
          calls.start(() -> putPathInfo(root.pathInfo(), root.pushed.isCompared));
        }
      }
    }
    return roots.stream().flatMap(root -> Stream.ofNullable(root.tooLarge.get())).toList();
  }

  /// Directories are sent with each root that has them: a service wants closed trees.
  private static Fixture only(Map.Entry<StorePath, Tree> root) {
    return new Fixture(new TreeMap<>(Map.of(root.getKey(), root.getValue())), "one");
  }

  /// What one store path consists of; its blobs are on their way.
  private final class Root implements FixtureSink<StoreRefusal> {
    private final Pushed pushed;
    private final SideBySide calls;
    private final List<Directory> directories = new ArrayList<>();
    private final AtomicReference<@Nullable StoreRefusal> tooLarge = new AtomicReference<>();
    private @Nullable StorePath path;
    private @Nullable Node node;

    Root(Pushed pushed, SideBySide calls) {
      this.pushed = pushed;
      this.calls = calls;
    }

    PathInfo pathInfo() {
      return pushed.pathInfo.apply(Objects.requireNonNull(node));
    }

    @Override
    public void blob(Content content, B3Digest digest) {
      if (blobs.add(digest)) {
        calls.start(() -> putBlob(content, digest));
      }
    }

    @Override
    public void directory(Directory directory) {
      directories.add(directory);
    }

    @Override
    public void root(StorePath rootPath, Node rootNode) {
      path = rootPath;
      node = rootNode;
    }

    /// Whether it has a directory that not every service takes.
    private boolean isLarge() {
      return directories.stream()
          .anyMatch(directory -> DirectoryCodec.encode(directory).length > USUAL_BYTES);
    }
  }

  private void putBlob(Content content, B3Digest digest) throws StoreRefusal {
    PutBlobResponse answer =
        upload(
            BlobServiceGrpc.getPutMethod(),
            "BlobService.Put",
            CALL_LIMIT.plusSeconds(content.size() / SLOW_BYTES_PER_SECOND),
            call -> {
              for (long offset = 0; offset < content.size(); offset += MESSAGE_BYTES) {
                ByteString data = ByteString.copyFrom(content.slice(offset, MESSAGE_BYTES));
                if (!call.write(BlobChunk.newBuilder().setData(data).build())) {
                  return;
                }
              }
            });
    requireDigest("BlobService.Put", answer.getDigest(), digest);
  }

  private void putDirectories(Root root) throws StoreRefusal {
    try {
      putDirectories(root.directories);
    } catch (StoreRefusal e) {
      Optional<StoreRefusal> tooLarge =
          root.isLarge() ? e.ofLarge(Objects.requireNonNull(root.path)) : Optional.empty();
      root.tooLarge.set(tooLarge.orElseThrow(() -> e));
    }
  }

  private void putDirectories(List<Directory> directories) throws StoreRefusal {
    MethodDescriptor<byte[], PutDirectoryResponse> method =
        DirectoryServiceGrpc.getPutMethod().toBuilder(
                RawMessages.INSTANCE, DirectoryServiceGrpc.getPutMethod().getResponseMarshaller())
            .build();
    PutDirectoryResponse answer =
        upload(
            method,
            "DirectoryService.Put (sizes by the rule " + sizeRule + ")",
            CALL_LIMIT,
            call -> {
              for (Directory directory : directories) {
                if (!call.write(DirectoryCodec.encode(directory))) {
                  return;
                }
              }
            });
    requireDigest("DirectoryService.Put", answer.getRootDigest(), directories.getLast().digest());
  }

  private void putPathInfo(PathInfo pathInfo, boolean isCompared) throws StoreRefusal {
    PathInfo answer;
    try {
      answer =
          ClientCalls.blockingV2UnaryCall(
              channel, names.of(PathInfoServiceGrpc.getPutMethod()), options(CALL_LIMIT), pathInfo);
    } catch (StatusException e) {
      throw StoreRefusal.of("PathInfoService.Put", e);
    }
    Optional<String> difference = PathInfoDifference.between(pathInfo, answer);
    if (isCompared && difference.isPresent()) {
      throw new StoreRefusal(
          "PathInfoService.Put: answered with another path info: " + difference.get());
    }
  }

  /// Sends a stream of messages.
  @FunctionalInterface
  private interface Messages<Q, R> {
    void sendTo(BlockingClientCall<Q, R> call) throws StatusException, InterruptedException;
  }

  private <Q, R> R upload(
      MethodDescriptor<Q, R> method, String what, Duration limit, Messages<Q, R> messages)
      throws StoreRefusal {
    BlockingClientCall<Q, R> call =
        ClientCalls.blockingClientStreamingCall(channel, names.of(method), options(limit));
    try {
      messages.sendTo(call);
      call.halfClose();
      R answer = call.read();
      // What is behind it is its end, or an error.
      if (answer == null || call.read() != null) {
        throw new StoreRefusal(what + ": the answer has not 1 message, want 1");
      }
      return answer;
    } catch (StatusException e) {
      throw StoreRefusal.of(what, e);
    } catch (InterruptedException e) {
      throw StoreRefusal.interrupted();
    } finally {
      call.cancel("done", null);
    }
  }

  private static void requireDigest(String what, ByteString answer, B3Digest sent)
      throws StoreRefusal {
    if (!Arrays.equals(answer.toByteArray(), sent.toBytes())) {
      throw new StoreRefusal(what + ": answered with another digest, want " + sent);
    }
  }

  private static CallOptions options(Duration limit) {
    return CallOptions.DEFAULT.withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS);
  }
}
