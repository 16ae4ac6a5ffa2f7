package io.github.storeproof.conformance.store;

import io.grpc.Status;
import java.util.List;

/// What came back from a call: messages, and how it ended. *Immutable*; the bytes are not copied.
///
/// @param messages as they came
/// @param status of the end
/// @param isCutOff whether more came than the kit takes, and it gave the call up
/// @param isLate whether the call had not ended at its deadline
public record Reply(List<byte[]> messages, Status status, boolean isCutOff, boolean isLate) {
  public Reply {
    messages = List.copyOf(messages);
  }

  /// Whether it ended well.
  public boolean isOk() {
    return status.isOk() && !isCutOff;
  }

  /// Whether the server broke the stream off, and sent no status: what the library makes of that.
  public boolean isReset() {
    String description = status.getDescription();
    return description != null && description.startsWith("RST_STREAM closed stream");
  }

  /// How it ended.
  public Status.Code code() {
    return status.getCode();
  }

  /// The status for people: its code, and what it says.
  public String statusWords() {
    if (isCutOff) {
      return "more than the kit takes";
    }
    String description = status.getDescription();
    return description == null || description.isBlank()
        ? code().name()
        : code().name() + " (" + description.strip().lines().findFirst().orElse("") + ")";
  }
}
