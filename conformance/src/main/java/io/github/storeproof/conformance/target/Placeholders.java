package io.github.storeproof.conformance.target;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The `{words}` of a profile and what they stand for. *Immutable.*
final class Placeholders {
  /// What can be written in braces.
  enum Word {
    /// The fixture as a plain directory.
    TREE,
    /// A directory for images and sockets.
    WORK,
    /// The mount point.
    MOUNT,
    /// A path for a socket.
    SOCKET,
    /// The address of the store services, through the kit's proxy: `grpc+unix:///path`.
    STORE,
    /// The path of the socket in that address, for mounts that write addresses in another way, such as `grpc+unix:/path`.
    STORE_SOCKET,
    /// The same services over TCP: `grpc+http://host:port`.
    STORE_HTTP,
    /// The process that serves the mount.
    PID,
    /// A directory of archives.
    NAR,
    /// A directory for what was read of them.
    OUT,
    /// The launcher of the reference.
    CASTORE;

    String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Word> find(String key) {
      return java.util.Arrays.stream(values()).filter(word -> word.key().equals(key)).findFirst();
    }
  }

  /// A `{word}`; not `${word}`, which is the shell's.
  private static final Pattern PLACEHOLDER = Pattern.compile("(?<!\\$)\\{([a-z-]+)\\}");

  private static final Set<Word> STORES =
      EnumSet.of(Word.STORE, Word.STORE_SOCKET, Word.STORE_HTTP);

  private final Map<Word, String> values;

  private Placeholders(Map<Word, String> values) {
    this.values = values;
  }

  /// Nothing is known yet.
  static Placeholders none() {
    return new Placeholders(new EnumMap<>(Word.class));
  }

  /// The same with one more.
  Placeholders with(Word word, String value) {
    Map<Word, String> more = new EnumMap<>(Word.class);
    more.putAll(values);
    more.put(word, value);
    return new Placeholders(more);
  }

  /// All words in braces, for messages.
  static List<String> names() {
    return java.util.Arrays.stream(Word.values()).map(word -> "{" + word.key() + "}").toList();
  }

  /// The first word in braces that means nothing.
  static Optional<String> unknownIn(String text) {
    return PLACEHOLDER
        .matcher(text)
        .results()
        .map(m -> m.group(1))
        .filter(w -> Word.find(w).isEmpty())
        .findFirst();
  }

  /// Whether a command is told where the store is.
  static boolean asksTheStore(String command) {
    return PLACEHOLDER
        .matcher(command)
        .results()
        .flatMap(m -> Word.find(m.group(1)).stream())
        .anyMatch(STORES::contains);
  }

  /// A command with every word replaced, quoted for the shell where it must be.
  ///
  /// @throws TargetException when a word has no value here
  String command(String text) throws TargetException {
    return fill(text, Placeholders::shellWord);
  }

  /// A path with every word replaced as it is.
  ///
  /// @throws TargetException when a word has no value here
  String path(String text) throws TargetException {
    return fill(text, UnaryOperator.identity());
  }

  private String fill(String text, UnaryOperator<String> form) throws TargetException {
    Matcher matcher = PLACEHOLDER.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      Word word = Word.find(matcher.group(1)).orElseThrow();
      String value = values.get(word);
      if (value == null) {
        throw new TargetException("{" + word.key() + "} has no value in: " + text + reason(word));
      }
      matcher.appendReplacement(filled, Matcher.quoteReplacement(form.apply(value)));
    }
    return matcher.appendTail(filled).toString();
  }

  private static String reason(Word word) {
    return switch (word) {
      case CASTORE -> "; set STOREPROOF_HOME to the directory that has bin/castore in it";
      case STORE, STORE_SOCKET, STORE_HTTP ->
          "; there is a store for populate method \"grpc\" only";
      case PID -> "; the process that serves the mount is not known";
      case NAR, OUT -> "; it is for the command of [nar]";
      case TREE, WORK, MOUNT, SOCKET -> "";
    };
  }

  /// The value as one word of a shell.
  static String shellWord(String value) {
    return value.matches("[A-Za-z0-9_./:@%+=,-]*")
        ? value
        : "'" + value.replace("'", "'\\''") + "'";
  }
}
