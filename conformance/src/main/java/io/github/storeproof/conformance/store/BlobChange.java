package io.github.storeproof.conformance.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.BlobChunk;
import io.grpc.Status;
import java.util.List;

/// Changes the bytes of a blob or chunk as they are streamed. *Confined.*
final class BlobChange implements Plan.Change {
  private static final byte STRANGE = (byte) 0xA5;

  private final FaultyPiece piece;
  // Where the message that comes next starts, in the whole blob.
  private long offset;
  // The end of the piece is not known before it has come: its last bytes are kept back.
  private ByteString kept = ByteString.EMPTY;

  BlobChange(FaultyPiece piece) {
    this.piece = piece;
    this.offset = piece.from();
  }

  @Override
  public List<byte[]> of(byte[] message) throws Plan.Broken {
    ByteString data = dataOf(message);
    ByteString changed = changed(data);
    offset += data.size();
    return changed.isEmpty() ? List.of() : List.of(messageOf(changed));
  }

  private ByteString changed(ByteString data) throws Plan.Broken {
    long end = offset + data.size();
    return switch (piece.fault()) {
      case Fault.Flips(long at) when at >= offset && at < end -> flipped(data, (int) (at - offset));
      case Fault.BreaksOff(long at) when piece.has(at) && at < end ->
          throw broken(data, at, Status.INTERNAL);
      case Fault.MissingAt(long at) when piece.has(at) && at < end ->
          throw broken(data, at, Status.NOT_FOUND);
      case Fault.Shortens(int bytes) when piece.isLast() -> {
        ByteString all = kept.concat(data);
        int sent = Math.max(0, all.size() - bytes);
        kept = all.substring(sent);
        yield all.substring(0, sent);
      }
      case Fault.Flips _,
          Fault.BreaksOff _,
          Fault.Shortens _,
          Fault.Lengthens _,
          Fault.Missing _,
          Fault.MissingAt _,
          Fault.Fails _,
          Fault.Holds _,
          Fault.Answers _,
          Fault.Lists _,
          Fault.Streams _ ->
          data;
    };
  }

  private Plan.Broken broken(ByteString data, long at, Status status) {
    ByteString before = data.substring(0, (int) Math.max(0, at - offset));
    return new Plan.Broken(
        before.isEmpty() ? List.of() : List.of(messageOf(before)),
        status.withDescription("the fault proxy ends this stream at byte " + at));
  }

  @Override
  public List<byte[]> atEnd() {
    if (piece.isLast() && piece.fault() instanceof Fault.Lengthens(int bytes)) {
      byte[] more = new byte[bytes];
      java.util.Arrays.fill(more, STRANGE);
      return List.of(messageOf(ByteString.copyFrom(more)));
    }
    return List.of();
  }

  private static ByteString flipped(ByteString data, int at) {
    byte[] bytes = data.toByteArray();
    bytes[at] ^= 1;
    return ByteString.copyFrom(bytes);
  }

  private static ByteString dataOf(byte[] message) {
    try {
      return BlobChunk.parseFrom(message).getData();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the store sent no BlobChunk", e);
    }
  }

  private static byte[] messageOf(ByteString data) {
    return BlobChunk.newBuilder().setData(data).build().toByteArray();
  }
}
