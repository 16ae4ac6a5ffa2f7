package io.github.storeproof.conformance;

import io.github.storeproof.conformance.json.Json;
import io.github.storeproof.conformance.report.MatrixHtml;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `storeproof matrix`: several reports side by side.
@Command(
    name = "matrix",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Puts reports side by side, rules by targets, in one HTML file.")
final class MatrixCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "REPORT.json", arity = "1..*", description = "Files that check wrote.")
  private List<Path> reports = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FILE.html",
      required = true,
      description = "The file to write.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    Console console = Console.of(spec);
    List<MatrixHtml.Column> columns = new ArrayList<>();
    for (Path report : reports) {
      try {
        columns.add(MatrixHtml.Column.of(Json.parse(Files.readString(report))));
      } catch (IOException e) {
        return console.cannot("cannot read " + report + ": " + e);
      } catch (IllegalArgumentException e) {
        return console.cannot(report + " is no report: " + e.getMessage());
      }
    }
    Path file = java.util.Objects.requireNonNull(out);
    try {
      Files.writeString(file, MatrixHtml.of(columns));
    } catch (IOException e) {
      return console.cannot("cannot write " + file + ": " + e);
    }
    PrintWriter text = console.out();
    text.println("matrix: " + file);
    text.flush();
    return 0;
  }
}
