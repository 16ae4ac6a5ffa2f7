package io.github.storeproof.conformance.store;

import com.google.protobuf.ByteString;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.fixtures.TreeNodes;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryCodec;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.model.SymlinkTarget;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.BlobChunk;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobRequest;
import io.github.storeproof.proto.store.v1.PathInfoServiceProto.GetPathInfoRequest;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds out what a server does for nobody: it has no PathInfoService, or takes no Put. What it does wrongly is not for
/// this. *Thread-safe.*
///
/// @param connection to the server
/// @param names the package of its services
/// @param limit the longest time for one question; a question that is not answered says nothing
public record ServiceSurvey(StoreConnection connection, ServicePackage names, Duration limit) {
  private static final String WORD = "storeproof";
  private static final int DIGEST_BYTES = 32;
  private static final int HASH_BYTES = 20;

  /// How services say that they cannot, in whatever status.
  private static final Pattern CANNOT =
      Pattern.compile(
          "unimplemented|not (yet )?implemented|unsupported|not supported|\\bread[- ]?only",
          Pattern.CASE_INSENSITIVE);

  /// Why nothing can be asked of a PathInfoService; empty where there is one, be it in the other package, or where there is
  /// no other service either.
  public Optional<String> noPathInfos() {
    byte[] get =
        GetPathInfoRequest.newBuilder()
            .setByOutputHash(ByteString.copyFrom(new byte[HASH_BYTES]))
            .build()
            .toByteArray();
    byte[] stat =
        StatBlobRequest.newBuilder()
            .setDigest(ByteString.copyFrom(new byte[DIGEST_BYTES]))
            .build()
            .toByteArray();
    for (ServicePackage each : ServicePackage.values()) {
      if (isServed(StoreMethod.PATH_INFO_GET, each, get)
          || isServed(StoreMethod.PATH_INFO_PUT, each, new byte[0])) {
        return Optional.empty();
      }
    }
    return isServed(StoreMethod.BLOB_STAT, names, stat)
        ? Optional.of("the server has no PathInfoService: Get and Put are UNIMPLEMENTED")
        : Optional.empty();
  }

  private boolean isServed(StoreMethod method, ServicePackage each, byte[] message) {
    return ask(method, each, List.of(message)).code() != Status.Code.UNIMPLEMENTED;
  }

  /// Why a method takes nothing from anybody; empty where it does, or fails in another way.
  ///
  /// @param put a method that stores
  public Optional<String> noPut(StoreMethod put) {
    Reply reply = ask(put, names, List.of(something(put)));
    boolean saysSo =
        switch (reply.code()) {
          case OK -> false;
          case UNIMPLEMENTED, PERMISSION_DENIED -> true;
          default -> CANNOT.matcher(reply.statusWords()).find();
        };
    return saysSo
        ? Optional.of(put.words() + " takes nothing: " + reply.statusWords())
        : Optional.empty();
  }

  /// Why none of the services takes anything; empty where one of them does, or fails in another way.
  public Optional<String> nothingCanBePut() {
    Optional<String> noBlobs = noPut(StoreMethod.BLOB_PUT);
    boolean isAll =
        noBlobs.isPresent()
            && noPut(StoreMethod.DIRECTORY_PUT).isPresent()
            && (noPathInfos().isPresent() || noPut(StoreMethod.PATH_INFO_PUT).isPresent());
    return isAll ? noBlobs : Optional.empty();
  }

  private Reply ask(StoreMethod method, ServicePackage each, List<byte[]> messages) {
    return connection.call(method.in(each), messages.iterator(), limit);
  }

  /// What every service that stores takes.
  private static byte[] something(StoreMethod put) {
    return switch (put) {
      case BLOB_PUT ->
          BlobChunk.newBuilder().setData(ByteString.copyFromUtf8(WORD)).build().toByteArray();
      case DIRECTORY_PUT ->
          DirectoryCodec.encode(
              Directory.builder()
                  .add(PathComponent.of(WORD), new SymlinkNode(SymlinkTarget.of(WORD)))
                  .build());
      case PATH_INFO_PUT -> {
        Map.Entry<StorePath, Tree> root =
            Fixture.of(WORD, WORD, Tree.link(WORD)).roots().firstEntry();
        yield FixtureMessages.pathInfo(
                root.getKey(), TreeNodes.node(root.getValue(), SizeRule.SNIX), root.getValue())
            .toByteArray();
      }
      case BLOB_STAT, BLOB_READ, DIRECTORY_GET, PATH_INFO_GET, CALCULATE_NAR, PATH_INFO_LIST ->
          throw new IllegalArgumentException(put.words() + " stores nothing");
    };
  }
}
