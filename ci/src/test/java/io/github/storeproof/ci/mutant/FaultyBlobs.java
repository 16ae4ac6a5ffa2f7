package io.github.storeproof.ci.mutant;

import com.google.protobuf.ByteString;
import io.github.storeproof.castorefs.Stores;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.proto.castore.v1.BlobServiceGrpc;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.ReadBlobRequest;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobRequest;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobResponse;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.remote.RemoteStore;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Blob services between the reference and a store, each with a fault.
final class FaultyBlobs {
  private FaultyBlobs() {}

  private static Stores with(BlobService blobs, Stores right) {
    return new Stores(blobs, right.directories(), right.pathInfos());
  }

  /// Whatever comes is served, of whatever length and digest.
  static Stores unchecked(Stores right, RemoteStore remote) {
    return with(
        new ForwardingBlobs(right.blobs()) {
          @Override
          public Optional<BlobReader> openRead(B3Digest digest, long sizeBytes)
              throws StoreException {
            return download(remote, digest).map(Whole::new);
          }
        },
        right);
  }

  /// The chunks that are listed are served, whatever they are.
  static Stores listed(Stores right, RemoteStore remote) {
    return with(
        new ForwardingBlobs(right.blobs()) {
          @Override
          public Optional<BlobReader> openRead(B3Digest digest, long sizeBytes)
              throws StoreException {
            StatBlobRequest request =
                StatBlobRequest.newBuilder()
                    .setDigest(ByteString.copyFrom(digest.toBytes()))
                    .setSendChunks(true)
                    .build();
            Optional<StatBlobResponse> stat =
                remote.ask(BlobServiceGrpc.getStatMethod(), request, "stat of " + digest);
            if (stat.isEmpty() || stat.get().getChunksCount() == 0) {
              return super.openRead(digest, sizeBytes);
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (StatBlobResponse.ChunkMeta chunk : stat.get().getChunksList()) {
              download(remote, B3Digest.of(chunk.getDigest().toByteArray()))
                  .ifPresent(
                      bytes -> all.write(bytes, 0, Math.clamp(chunk.getSize(), 0, bytes.length)));
            }
            return Optional.of(new Whole(all.toByteArray()));
          }
        },
        right);
  }

  /// Blobs are fetched as a whole before any of their bytes is served.
  static Stores whole(Stores right, RemoteStore remote) {
    return with(
        new ForwardingBlobs(right.blobs()) {
          @Override
          public Optional<BlobReader> openRead(B3Digest digest, long sizeBytes)
              throws StoreException {
            if (download(remote, digest).isEmpty()) {
              return Optional.empty();
            }
            return super.openRead(digest, sizeBytes);
          }
        },
        right);
  }

  private static Optional<byte[]> download(RemoteStore remote, B3Digest digest)
      throws StoreException {
    ReadBlobRequest request =
        ReadBlobRequest.newBuilder().setDigest(ByteString.copyFrom(digest.toBytes())).build();
    return remote.stream(
        BlobServiceGrpc.getReadMethod(),
        request,
        "blob " + digest,
        RemoteStore.UNKNOWN_BYTES,
        messages -> {
          ByteArrayOutputStream all = new ByteArrayOutputStream();
          for (var next = messages.next(); next.isPresent(); next = messages.next()) {
            all.writeBytes(next.get().getData().toByteArray());
          }
          return Optional.of(all.toByteArray());
        });
  }

  /// A blob that could not be read once cannot be read again.
  ///
  /// @param remembered the kinds of failure that are kept
  static Mutant.Storing remembering(Set<StoreFailure> remembered) {
    Map<B3Digest, StoreException> failed = new ConcurrentHashMap<>();
    return (right, _) ->
        with(
            new ForwardingBlobs(right.blobs()) {
              @Override
              public Optional<BlobReader> openRead(B3Digest digest, long sizeBytes)
                  throws StoreException {
                if (failed.containsKey(digest)) {
                  throw failed.get(digest);
                }
                try {
                  return super.openRead(digest, sizeBytes);
                } catch (StoreException e) {
                  if (remembered.contains(e.failure())) {
                    failed.put(digest, e);
                  }
                  throw e;
                }
              }
            },
            right);
  }

  /// Bytes that nobody has looked at.
  private record Whole(byte[] bytes) implements BlobReader {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public boolean isResident() {
      return true;
    }

    @Override
    public int read(long offsetBytes, MemorySegment into) {
      int count = (int) Math.clamp(bytes.length - offsetBytes, 0, into.byteSize());
      if (count > 0) {
        into.copyFrom(MemorySegment.ofArray(bytes).asSlice(offsetBytes, count));
      }
      return count;
    }

    @Override
    public void close() {}
  }
}
