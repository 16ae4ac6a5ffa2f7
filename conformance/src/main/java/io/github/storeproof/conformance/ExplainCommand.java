package io.github.storeproof.conformance;

import io.github.storeproof.conformance.rule.Rule;
import io.github.storeproof.conformance.rule.RuleBook;
import io.github.storeproof.conformance.rule.RuleMutants;
import io.github.storeproof.conformance.runner.Case;
import io.github.storeproof.conformance.runner.CaseCatalog;
import io.github.storeproof.conformance.runner.CheckRun;
import io.github.storeproof.conformance.runner.Progress;
import io.github.storeproof.conformance.runner.Selection;
import io.github.storeproof.conformance.target.Feature;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `storeproof explain`: all that is known of a rule or a feature.
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Prints a rule: what it says, where it comes from, how it is seen, what usually breaks it,"
            + " its cases and its mutants.")
final class ExplainCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "RULE",
      description = "The id of a rule, such as ATTR-1, or the key of a feature.")
  private String name = "";

  @Override
  public Integer call() throws CheckRun.CannotRun {
    Console console = Console.of(spec);
    PrintWriter out = console.out();
    RuleBook book = RuleBook.bundled();
    Optional<Rule> rule = book.find(name);
    Optional<Feature> feature = Feature.find(name);
    if (rule.isPresent()) {
      print(rule.get(), casesOf(rule.get(), book), out);
    } else if (feature.isPresent()) {
      print(feature.get(), out);
    } else {
      List<String> suggestions = book.suggestions(name);
      return console.cannot(
          "no rule '"
              + name
              + "'"
              + (suggestions.isEmpty()
                  ? ""
                  : "; did you mean " + String.join(", ", suggestions) + "?"));
    }
    out.flush();
    return 0;
  }

  private static List<Case> casesOf(Rule rule, RuleBook book) {
    try {
      return new CheckRun(
              book,
              CaseCatalog.bundled(),
              new Selection(List.of(rule.id()), List.of()),
              Progress.NONE)
          .list();
    } catch (CheckRun.CannotRun noCase) {
      return List.of();
    }
  }

  private static void print(Rule rule, List<Case> cases, PrintWriter out) {
    out.println(rule.id() + " (" + rule.level().word() + ")");
    out.println();
    out.println(wrapped(rule.statement(), "  "));
    out.println();
    out.println("Source:       " + String.join("; ", rule.sources()));
    out.println("Seen by:      " + wrapped(rule.seen(), "              ").strip());
    rule.causes()
        .forEach(cause -> out.println("Usual cause:  " + wrapped(cause, "              ").strip()));
    rule.observed()
        .forEach(seen -> out.println("Observed:     " + wrapped(seen, "              ").strip()));
    out.println(cases.isEmpty() ? "Cases:        none yet" : "Cases:");
    cases.forEach(one -> out.printf("  %s (%s, %s)%n", one.id(), one.level().word(), one.source()));
    List<String> mutants = RuleMutants.bundled().of(rule.id());
    out.println(
        mutants.isEmpty()
            ? "Mutants:      none"
            : "Mutants (faulty filesystems and stores that it kills):");
    mutants.forEach(mutant -> out.println("  " + mutant));
  }

  private static void print(Feature feature, PrintWriter out) {
    out.println("feature " + feature.key());
    out.println();
    out.println(wrapped(feature.meaning(), "  "));
    out.println();
    String values = feature.words().isEmpty() ? "true, false" : String.join(", ", feature.words());
    out.println("Values:       " + values);
    out.println(
        "Not declared: "
            + (feature.claimedByDefault() ? "as true" : "rules that need it are skipped"));
  }

  private static String wrapped(String text, String indent) {
    StringBuilder out = new StringBuilder();
    int column = 0;
    for (String word : text.split(" ")) {
      boolean breaks = column + word.length() > 90;
      out.append(column == 0 ? indent : breaks ? "\n" + indent : " ").append(word);
      column = breaks || column == 0 ? word.length() + 1 : column + word.length() + 1;
    }
    return out.toString();
  }
}
