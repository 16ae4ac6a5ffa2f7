package io.github.storeproof.conformance.oracle;

import io.github.storeproof.conformance.store.Reply;
import io.github.storeproof.conformance.store.ServicePackage;
import io.github.storeproof.conformance.store.StoreCall;
import io.github.storeproof.conformance.store.StoreConnection;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.conformance.store.Transcript;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/// A sequence of calls to store services, which is written down. What breaks an expectation is
/// thrown as a [Mismatch] with the calls that were made. *Confined.*
public final class Dialog {
  private static final int MOST_DEADLINES = 30;

  private final StoreConnection connection;
  private final ServicePackage names;
  private final Limits limits;
  private final Offer offer;
  private final Transcript.Writer writer = new Transcript.Writer();

  /// How long calls may take.
  public interface Limits {
    /// The longest time for one call.
    Duration deadline();

    /// A call has taken longer.
    void countHang();
  }

  /// What the services do not offer.
  @FunctionalInterface
  public interface Offer {
    /// Why a method cannot be asked for; empty where it can.
    Optional<String> missing(StoreMethod method);
  }

  /// A dialog over a connection, of which nothing has been said yet.
  public Dialog(StoreConnection connection, ServicePackage names, Limits limits, Offer offer) {
    this.connection = connection;
    this.names = names;
    this.limits = limits;
    this.offer = offer;
  }

  /// Makes a call to its end.
  ///
  /// @throws Mismatch when it does not come to an end
  public Reply call(StoreMethod method, byte[]... messages) {
    return call(method, Arrays.asList(messages));
  }

  /// Makes a call to its end.
  ///
  /// @throws Mismatch when it does not come to an end
  public Reply call(StoreMethod method, List<byte[]> messages) {
    return call(method, messages, limits.deadline());
  }

  /// The same with a deadline of its own.
  public Reply call(StoreMethod method, List<byte[]> messages, Duration deadline) {
    require(method);
    Reply reply = connection.call(method.in(names), messages.iterator(), deadline);
    writer.call(method, messages, reply);
    return inTime(method.words(), reply, deadline);
  }

  /// Makes a call to its end, whose answer may be as long as the store is large.
  ///
  /// @throws Mismatch when the next message of it does not come in time
  public Reply callSteadily(StoreMethod method, byte[] message) {
    require(method);
    Duration silence = limits.deadline();
    Reply reply =
        connection.callSteadily(
            method.in(names),
            List.of(message).iterator(),
            silence,
            silence.multipliedBy(MOST_DEADLINES));
    writer.call(method, List.of(message), reply);
    if (reply.isLate()) {
      limits.countHang();
      throw mismatch(
          "the next message of a long answer, or its end, comes within " + words(silence),
          method.words() + " has not ended after " + reply.messages().size() + " messages");
    }
    return reply;
  }

  /// Makes a call of any method to its end.
  ///
  /// @param method its full name
  public Reply call(String method, byte[] message) {
    Duration deadline = limits.deadline();
    Reply reply = connection.call(method, List.of(message).iterator(), deadline);
    writer.call(method, List.of(message), reply);
    return inTime(method, reply, deadline);
  }

  private Reply inTime(String method, Reply reply, Duration deadline) {
    if (!reply.isLate()) {
      return reply;
    }
    limits.countHang();
    String limit = words(deadline);
    throw mismatch(
            "every call is answered within " + limit, method + " has not ended after " + limit)
        .hint(
            "The server took the call and did not end it: a lock that is held, a stream whose end"
                + " is not seen, or a failure that nobody turns into a status.");
  }

  private static String words(Duration limit) {
    return String.format(Locale.ROOT, "%.1f s", limit.toMillis() / 1000.0);
  }

  /// Starts a call, which the caller notes when it is over.
  public StoreCall start(StoreMethod method) {
    require(method);
    return connection.start(method.in(names), limits.deadline());
  }

  /// Whether the services have a method at all. A case that calls one that they have not is skipped.
  public boolean has(StoreMethod method) {
    return offer.missing(method).isEmpty();
  }

  /// Skips the case where the services do not have a method.
  public void require(StoreMethod method) {
    offer
        .missing(method)
        .ifPresent(reason -> {
          throw new TestAbortedException(reason);
        });
  }

  /// The package of the services.
  public ServicePackage names() {
    return names;
  }

  /// The connection.
  public StoreConnection connection() {
    return connection;
  }

  /// Writes down something that was done.
  public Dialog note(String words) {
    writer.note(words);
    return this;
  }

  /// Writes down a call that was started by [#start] and has ended.
  public Reply noted(StoreMethod method, List<byte[]> sent, Reply reply) {
    writer.call(method, sent, reply);
    return inTime(method.words(), reply, limits.deadline());
  }

  /// Wants an answer to be in a set.
  ///
  /// @param what the call, as a failure names it
  /// @throws Mismatch when it is not
  public Reply want(String what, Reply reply, AllowedReply allowed) {
    allowed
        .deviation()
        .apply(reply)
        .ifPresent(seen -> {
          throw mismatch(what + ": " + allowed.words(), seen);
        });
    return reply;
  }

  /// A mismatch with the calls so far.
  public Mismatch mismatch(String expected, String observed) {
    return new Mismatch(expected, observed).with(writer.transcript());
  }
}
