package io.github.storeproof.conformance.store;

import io.grpc.Status;
import java.util.Iterator;
import java.util.List;

/// What becomes of a call to the store. *Immutable.*
sealed interface Plan {
  /// The store answers, and each message may be changed on its way back.
  record Pass(Change change) implements Plan {}

  /// It fails without asking the store.
  record Refuse(Status status) implements Plan {}

  /// It waits.
  record Hold() implements Plan {}

  /// This is the answer.
  record Reply(byte[] message) implements Plan {}

  /// These are the answer, as fast as the client takes them, and its end.
  record Stream(Iterator<byte[]> messages, Status end) implements Plan {}

  /// The store's answer as it is.
  static Plan unchanged() {
    return new Pass(List::of);
  }

  /// Changes the messages of one answer. *Confined* to it.
  @FunctionalInterface
  interface Change {
    /// What is sent in place of a message.
    ///
    /// @throws Broken when the answer ends here
    List<byte[]> of(byte[] message) throws Broken;

    /// What is sent behind the last one.
    default List<byte[]> atEnd() {
      return List.of();
    }
  }

  /// The answer ends in an error.
  final class Broken extends Exception {
    private final transient List<byte[]> last;
    private final transient Status status;

    Broken(List<byte[]> last, Status status) {
      super(null, null, false, false);
      this.last = last;
      this.status = status;
    }

    /// What is sent before.
    List<byte[]> last() {
      return last;
    }

    Status status() {
      return status;
    }
  }
}
