package io.github.storeproof.conformance.oracle;

import io.github.storeproof.conformance.store.Reply;
import io.grpc.Status;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The set of answers to one call of a store service that correct services give. *Immutable.*
///
/// @param words the whole set, in words
/// @param deviation what is wrong with an answer; empty when it is in the set
public record AllowedReply(String words, Function<Reply, Optional<String>> deviation) {

  /// An answer that ends in one of these.
  public static AllowedReply status(Status.Code... codes) {
    String names = Arrays.stream(codes).map(Enum::name).collect(Collectors.joining(" or "));
    return new AllowedReply(
        names,
        reply ->
            Arrays.asList(codes).contains(reply.code()) && !reply.isCutOff()
                ? Optional.empty()
                : Optional.of(seen(reply)));
  }

  /// An answer that ends in any error that the server itself has thought of.
  public static AllowedReply refusal(String words) {
    return new AllowedReply(
        words,
        reply ->
            reply.isOk() || reply.isCutOff() || lost(reply)
                ? Optional.of(seen(reply))
                : Optional.empty());
  }

  /// An answer that ends well, and of which nothing is wrong.
  public static AllowedReply ok(String words, Function<Reply, Optional<String>> deviation) {
    return new AllowedReply(
        words, reply -> reply.isOk() ? deviation.apply(reply) : Optional.of(seen(reply)));
  }

  /// The answers of this set and of another.
  public AllowedReply or(AllowedReply other) {
    return new AllowedReply(
        words + ", or " + other.words,
        reply -> {
          Optional<String> wrong = deviation.apply(reply);
          return wrong.isPresent() && other.deviation.apply(reply).isEmpty()
              ? Optional.empty()
              : wrong;
        });
  }

  /// Whether an answer says that the connection is gone, or the server has nothing of the kind, or that the call broke
  /// off: who cancels is the client, and a stream that is reset is no answer.
  private static boolean lost(Reply reply) {
    return switch (reply.code()) {
      case UNAVAILABLE, UNIMPLEMENTED, DEADLINE_EXCEEDED, CANCELLED -> true;
      default -> reply.isReset();
    };
  }

  private static String seen(Reply reply) {
    int count = reply.messages().size();
    return reply.statusWords()
        + (count == 0 ? "" : " after " + count + (count == 1 ? " message" : " messages"));
  }
}
