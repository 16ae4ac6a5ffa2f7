package io.github.storeproof.conformance.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The calls that were made, and what was answered, in their order. *Immutable.*
///
/// @param lines one or more for each call
public record Transcript(List<String> lines) {
  private static final int SHOWN_MESSAGES = 4;

  public Transcript {
    lines = List.copyOf(lines);
  }

  /// The lines, numbered, as a block.
  public String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      text.append(i + 1).append(". ").append(lines.get(i)).append('\n');
    }
    return text.toString();
  }

  /// Writes calls down. *Confined.*
  public static final class Writer {
    private final List<String> lines = new ArrayList<>();

    /// Nothing has been called yet.
    public Writer() {}

    /// A call of a method of the services that has come to its end.
    public void call(StoreMethod method, List<byte[]> sent, Reply reply) {
      line(method.words(), messages(method.request(), sent), answer(method, reply));
    }

    /// A call of any other method.
    public void call(String method, List<byte[]> sent, Reply reply) {
      line(method, messages(null, sent), reply.statusWords());
    }

    /// Something that was done.
    public void note(String words) {
      lines.add(words);
    }

    private void line(String method, String sent, String answered) {
      lines.add(method + " " + sent + "\n   -> " + answered);
    }

    /// What was written down so far.
    public Transcript transcript() {
      return new Transcript(lines);
    }
  }

  private static String answer(StoreMethod method, Reply reply) {
    return reply.messages().isEmpty()
        ? reply.statusWords()
        : reply.statusWords() + " " + messages(method.response(), reply.messages());
  }

  private static String messages(@Nullable Message kind, List<byte[]> messages) {
    if (messages.size() == 1) {
      return one(kind, messages.getFirst());
    }
    String shown =
        messages.stream()
            .limit(SHOWN_MESSAGES)
            .map(message -> one(kind, message))
            .collect(Collectors.joining(", "));
    return messages.isEmpty()
        ? "(no message)"
        : messages.size() <= SHOWN_MESSAGES
            ? "[" + shown + "]"
            : messages.size() + " messages [" + shown + ", …]";
  }

  private static String one(@Nullable Message kind, byte[] message) {
    return kind == null
        ? MessageText.bytes(ByteString.copyFrom(message))
        : MessageText.of(kind, message);
  }
}
