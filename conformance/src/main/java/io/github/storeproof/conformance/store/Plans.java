package io.github.storeproof.conformance.store;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.ReadBlobRequest;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobRequest;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobResponse;
import io.github.storeproof.proto.castore.v1.DirectoryServiceProto.GetDirectoryRequest;
import io.github.storeproof.proto.store.v1.PathInfoServiceProto.GetPathInfoRequest;
import io.grpc.Status;
import java.util.List;
import java.util.Optional;

/// Finds what the faults that are on make of a call. *Thread-safe.*
record Plans(Faults faults) {
  private static final Status NOT_FOUND =
      Status.NOT_FOUND.withDescription("the fault proxy takes it away");

  /// Whether the faults depend on the request of this method, which is one message then.
  static boolean looksInto(String method) {
    return Question.of(method) != Question.OTHER;
  }

  /// A method by what it asks for, in whatever package.
  private enum Question {
    BLOB_STAT("castore.v1.BlobService/Stat"),
    BLOB_READ("castore.v1.BlobService/Read"),
    DIRECTORY("castore.v1.DirectoryService/Get"),
    PATH_INFO("store.v1.PathInfoService/Get"),
    LISTING("store.v1.PathInfoService/List"),
    OTHER("/");

    private final String end;

    Question(String end) {
      this.end = end;
    }

    static Question of(String method) {
      for (Question question : values()) {
        if (method.endsWith("." + question.end)) {
          return question;
        }
      }
      return OTHER;
    }
  }

  /// What becomes of a call; a request that cannot be read is the store's affair.
  Plan of(String method, byte[] request) {
    if (faults.isStopped()) {
      return new Plan.Hold();
    }
    try {
      return switch (Question.of(method)) {
        case BLOB_STAT ->
            faults
                .ofPiece(digest(StatBlobRequest.parseFrom(request).getDigest().toByteArray()))
                .map(Plans::ofStat)
                .orElseGet(Plan::unchanged);
        case BLOB_READ ->
            faults
                .ofPiece(digest(ReadBlobRequest.parseFrom(request).getDigest().toByteArray()))
                .map(Plans::ofRead)
                .orElseGet(Plan::unchanged);
        case DIRECTORY -> ofDirectory(GetDirectoryRequest.parseFrom(request));
        case PATH_INFO ->
            simple(
                faults.ofPathInfo(
                    GetPathInfoRequest.parseFrom(request).getByOutputHash().toByteArray()));
        case LISTING -> faults.ofListing().map(Plans::ofListing).orElseGet(Plan::unchanged);
        case OTHER -> Plan.unchanged();
      };
    } catch (InvalidProtocolBufferException | InvalidDataException e) {
      return Plan.unchanged();
    }
  }

  private static B3Digest digest(byte[] bytes) {
    return B3Digest.of(bytes);
  }

  /// What does not depend on the bytes of the answer.
  private static Plan simple(Optional<Fault> fault) {
    return switch (fault.orElse(null)) {
      case Fault.Missing() -> new Plan.Refuse(NOT_FOUND);
      case Fault.Fails fails when fails.isDue() ->
          new Plan.Refuse(
              Status.fromCode(fails.code()).withDescription("the fault proxy fails this call"));
      case Fault.Holds() -> new Plan.Hold();
      case Fault.Answers(byte[] message) -> new Plan.Reply(message);
      case Fault.Streams(Iterable<byte[]> messages, Status.Code end) ->
          new Plan.Stream(messages.iterator(), end.toStatus());
      case null, default -> Plan.unchanged();
    };
  }

  private static Plan ofStat(FaultyPiece piece) {
    if (piece.isMissingChunk()) {
      return new Plan.Refuse(NOT_FOUND);
    }
    if (piece.fault() instanceof Fault.Lists(byte[] message)) {
      return new Plan.Reply(message);
    }
    return piece.fault() instanceof Fault.Shortens || piece.fault() instanceof Fault.Lengthens
        ? new Plan.Pass(message -> List.of(resized(message, piece.fault())))
        : simple(Optional.of(piece.fault()));
  }

  /// A store whose blob has another length says so in its list of chunks too.
  private static byte[] resized(byte[] message, Fault fault) {
    int difference =
        switch (fault) {
          case Fault.Shortens(int bytes) -> -bytes;
          case Fault.Lengthens(int bytes) -> bytes;
          default -> 0;
        };
    try {
      StatBlobResponse.Builder answer = StatBlobResponse.parseFrom(message).toBuilder();
      int last = answer.getChunksCount() - 1;
      if (last >= 0) {
        answer.getChunksBuilder(last).setSize(answer.getChunks(last).getSize() + difference);
      }
      return answer.build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the store sent no StatBlobResponse", e);
    }
  }

  private static Plan ofRead(FaultyPiece piece) {
    if (piece.isMissingChunk()) {
      return new Plan.Refuse(NOT_FOUND);
    }
    Plan plan = simple(Optional.of(piece.fault()));
    return plan instanceof Plan.Pass ? new Plan.Pass(new BlobChange(piece)) : plan;
  }

  /// Directories come by the digest that was asked for, or below it by their own.
  private Plan ofDirectory(GetDirectoryRequest request) {
    Optional<Fault> fault = faults.ofDirectory(digest(request.getDigest().toByteArray()));
    Plan plan = simple(fault);
    if (!(plan instanceof Plan.Pass)) {
      return plan;
    }
    return new Plan.Pass(message -> changed(message, faults.ofDirectory(Blake3.hash(message))));
  }

  private static List<byte[]> changed(byte[] directory, Optional<Fault> fault) throws Plan.Broken {
    return switch (fault.orElse(null)) {
      case Fault.Missing() -> throw new Plan.Broken(List.of(), NOT_FOUND);
      case Fault.Fails(Status.Code code, _) ->
          throw new Plan.Broken(List.of(), Status.fromCode(code));
      case Fault.Holds() -> throw new Plan.Broken(List.of(), Status.DEADLINE_EXCEEDED);
      case Fault.Answers(byte[] other) -> List.of(other);
      case Fault.Flips(long at) -> {
        byte[] copy = directory.clone();
        copy[(int) at] ^= 1;
        yield List.of(copy);
      }
      case null, default -> List.of(directory);
    };
  }

  private static Plan ofListing(Fault fault) {
    if (!(fault instanceof Fault.BreaksOff(long count))) {
      return simple(Optional.of(fault));
    }
    long[] left = {count};
    return new Plan.Pass(message -> {
      if (left[0]-- == 0) {
        throw new Plan.Broken(
            List.of(),
            Status.UNAVAILABLE.withDescription(
                "the fault proxy ends this list after " + count + " messages"));
      }
      return List.of(message);
    });
  }
}
