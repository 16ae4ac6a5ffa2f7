package io.github.storeproof.conformance.oracle;

import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.store.Transcript;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.Tree;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A target did what no rule allows. Thrown by cases; it carries all that its reader needs to act.
/// *Immutable.*
public final class Mismatch extends AssertionError {
  private static final int MOST_LINES = 40;
  private static final int MOST_COLUMNS = 400;

  private final String expected;
  private final String observed;
  private final @Nullable Script script;
  private final @Nullable Transcript transcript;
  private final @Nullable Fixture fixture;
  private final @Nullable String hint;

  /// A mismatch without script and tree; add them by [#with(Script)] and [#with(Fixture)].
  ///
  /// @param expected the whole set of allowed answers, in words
  /// @param observed what was seen instead
  public Mismatch(String expected, String observed) {
    this(expected, observed, null, null, null, null);
  }

  private Mismatch(
      String expected,
      String observed,
      @Nullable Script script,
      @Nullable Transcript transcript,
      @Nullable Fixture fixture,
      @Nullable String hint) {
    super("expected " + expected + "; observed " + observed);
    this.expected = expected;
    this.observed = observed;
    this.script = script;
    this.transcript = transcript;
    this.fixture = fixture;
    this.hint = hint;
  }

  /// The same with the smallest script that shows it.
  public Mismatch with(Script shortest) {
    return copy(shortest, transcript, fixture, hint);
  }

  /// The same with the smallest sequence of calls to store services that shows it.
  public Mismatch with(Transcript calls) {
    return copy(script, calls, fixture, hint);
  }

  /// The same with the smallest tree that shows it, below a store path of its own.
  public Mismatch with(Tree smallest) {
    return with(Fixture.of("smallest", "smallest", smallest));
  }

  /// The same with the smallest fixture that shows it.
  public Mismatch with(Fixture smallest) {
    return copy(script, transcript, smallest, hint);
  }

  /// The same with a sentence that helps to find the cause.
  public Mismatch hint(String sentence) {
    return copy(script, transcript, fixture, sentence);
  }

  private Mismatch copy(
      @Nullable Script newScript,
      @Nullable Transcript newTranscript,
      @Nullable Fixture newFixture,
      @Nullable String newHint) {
    Mismatch copy = new Mismatch(expected, observed, newScript, newTranscript, newFixture, newHint);
    copy.setStackTrace(getStackTrace());
    return copy;
  }

  /// The whole set of allowed answers, in words.
  public String expected() {
    return expected;
  }

  /// What was seen.
  public String observed() {
    return observed;
  }

  /// The calls that show it.
  public Optional<Script> script() {
    return Optional.ofNullable(script);
  }

  /// The calls to store services that show it.
  public Optional<Transcript> transcript() {
    return Optional.ofNullable(transcript);
  }

  /// The store paths that show it.
  public Optional<Fixture> fixture() {
    return Optional.ofNullable(fixture);
  }

  /// The tree that shows it, where it is one.
  public Optional<Tree> tree() {
    return fixture()
        .filter(one -> one.roots().size() == 1)
        .map(one -> one.roots().firstEntry().getValue());
  }

  /// A sentence on the likely cause.
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }

  /// A block of lines for a terminal, with the beginning of a long script; the message stays one line.
  @Override
  @SuppressWarnings("OverrideThrowableToString")
  public String toString() {
    StringBuilder block = new StringBuilder();
    block.append("expected: ").append(indented(expected)).append('\n');
    block.append("observed: ").append(indented(observed)).append('\n');
    script()
        .ifPresent(s ->
            block
                .append("script:\n  ")
                .append(brief(s.toPseudoC()).indent(2).strip())
                .append('\n'));
    transcript()
        .ifPresent(
            t -> block.append("calls:\n  ").append(brief(t.text()).indent(2).strip()).append('\n'));
    hint().ifPresent(h -> block.append("hint:     ").append(indented(h)).append('\n'));
    return block.toString();
  }

  private static String brief(String text) {
    List<String> lines = text.strip().lines().toList();
    String beginning =
        lines.stream().limit(MOST_LINES).map(Mismatch::briefLine).collect(Collectors.joining("\n"));
    int more = lines.size() - MOST_LINES;
    return more <= 0 ? beginning : beginning + "\n… and " + more + " more lines, see the report";
  }

  private static String briefLine(String line) {
    return line.length() <= MOST_COLUMNS ? line : line.substring(0, MOST_COLUMNS) + "…";
  }

  private static String indented(String text) {
    return text.strip().replace("\n", "\n          ");
  }
}
