package io.github.storeproof.store.pathinfo;

import com.google.protobuf.ByteString;
import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.model.NixBase32;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.proto.store.v1.PathInfoProto;
import io.github.storeproof.proto.store.v1.PathInfoServiceGrpc;
import io.github.storeproof.proto.store.v1.PathInfoServiceProto.GetPathInfoRequest;
import io.github.storeproof.proto.store.v1.PathInfoServiceProto.ListPathInfoRequest;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.remote.RemoteStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Path infos of another process, by the gRPC service `PathInfoService`. What comes is checked: it
/// is valid, and it is of the store path that was asked for. *Thread-safe.*
public final class GrpcPathInfoService implements PathInfoService {
  private final RemoteStore remote;

  public GrpcPathInfoService(RemoteStore remote) {
    this.remote = remote;
  }

  @Override
  public Optional<PathInfo> get(byte[] digest) throws StoreException {
    String what = "path info of " + NixBase32.encode(digest);
    GetPathInfoRequest request =
        GetPathInfoRequest.newBuilder().setByOutputHash(ByteString.copyFrom(digest)).build();
    Optional<PathInfoProto.PathInfo> answer =
        remote.ask(PathInfoServiceGrpc.getGetMethod(), request, what);
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    PathInfo found = checked(what, answer.get());
    if (!Arrays.equals(found.path().digest(), digest)) {
      throw new StoreException(StoreFailure.CORRUPT, what + " is that of " + found.path());
    }
    return Optional.of(found);
  }

  @Override
  public PathInfo put(PathInfo pathInfo) throws StoreException {
    String what = "put of path info " + pathInfo.path();
    Optional<PathInfoProto.PathInfo> stored =
        remote.ask(PathInfoServiceGrpc.getPutMethod(), PathInfoMessages.messageOf(pathInfo), what);
    if (stored.isEmpty()) {
      throw new StoreException(StoreFailure.MISSING, what + ": the service lacks its content");
    }
    return checked(what, stored.get());
  }

  /// All of them, before the first is given: a listing that ends early for an error must not look
  /// like a whole one (rule ROOT-6).
  @Override
  public Cursor<PathInfo> list() throws StoreException {
    Optional<List<PathInfo>> all =
        remote.stream(
            PathInfoServiceGrpc.getListMethod(),
            ListPathInfoRequest.getDefaultInstance(),
            "list of path infos",
            RemoteStore.UNKNOWN_BYTES,
            messages -> {
              List<PathInfo> pathInfos = new ArrayList<>();
              for (var next = messages.next(); next.isPresent(); next = messages.next()) {
                pathInfos.add(checked("list of path infos", next.get()));
              }
              return Optional.of(pathInfos);
            });
    return new ListCursor(
        all.orElseThrow(() ->
                new StoreException(StoreFailure.MISSING, "the service has no list of path infos"))
            .iterator());
  }

  private static PathInfo checked(String what, PathInfoProto.PathInfo message)
      throws StoreException {
    try {
      return PathInfoMessages.pathInfoOf(message);
    } catch (InvalidDataException e) {
      throw new StoreException(StoreFailure.CORRUPT, what + ": " + e.getMessage(), e);
    }
  }
}
