package io.github.storeproof.conformance.report;

import io.github.storeproof.conformance.oracle.Mismatch;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.rule.Rule;
import io.github.storeproof.conformance.store.Transcript;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureInstaller;
import io.github.storeproof.fixtures.Manifest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes `repro/RULE/CASE/` for a case that failed: the smallest tree, the smallest script, and a
/// program that replays it with nothing but Python. *Confined.*
final class ReproWriter {
  private static final int COPIED_ENTRIES = 5000;

  private final Path directory;
  private final Report report;

  ReproWriter(Path directory, Report report) {
    this.directory = directory;
    this.report = report;
  }

  /// Removes what an earlier run left, and nothing that this class does not write.
  void removeOld() throws IOException {
    Path repros = directory.resolve("repro");
    if (Files.isDirectory(repros)) {
      FixtureInstaller.remove(repros);
    }
  }

  /// Writes the reproduction of a case, where there is something to reproduce.
  ///
  /// @return the case, with the place
  CaseResult write(Rule rule, CaseResult one) throws IOException {
    if (one.mismatch().isEmpty()) {
      return one;
    }
    String place = "repro/" + one.id();
    Path target = Files.createDirectories(directory.resolve(place));
    Mismatch mismatch = one.mismatch().get();
    if (mismatch.transcript().isPresent()) {
      calls(rule, one, mismatch.transcript().get(), target);
      return one.withRepro(place);
    }
    Files.writeString(target.resolve("README.txt"), readme(rule, one));
    if (mismatch.script().isPresent()) {
      script(mismatch.script().get(), target);
    }
    if (mismatch.fixture().isPresent()) {
      tree(mismatch.fixture().get(), target);
    }
    Path shell = target.resolve("repro.sh");
    Files.writeString(shell, shellScript(one, mismatch));
    shell.toFile().setExecutable(true);
    return one.withRepro(place);
  }

  private void calls(Rule rule, CaseResult one, Transcript calls, Path target) throws IOException {
    Files.writeString(target.resolve("calls.txt"), calls.text());
    Files.writeString(
        target.resolve("README.txt"),
        """
        %s

        Target %s, seed %d.

        %s
        calls.txt has the calls. Make them again at an address such as grpc+unix:///path or
        grpc+http://host:port by
          sh repro.sh ADDR
        which needs storeproof on the PATH, or its path in STOREPROOF.
        """
            .formatted(one.id(), report.targetName(), report.seed(), Explanation.of(rule, one)));
    Path shell = target.resolve("repro.sh");
    Files.writeString(
        shell,
        """
        #!/bin/sh
        # Judges store services by %1$s again. Argument: their address.
        if [ $# -ne 1 ]; then
          echo "usage: $0 ADDR" >&2
          exit 2
        fi
        exec "${STOREPROOF:-storeproof}" check --grpc "$1" --rules '%1$s' --seed %2$d
        """
            .formatted(one.id(), report.seed()));
    shell.toFile().setExecutable(true);
  }

  private static void script(Script script, Path target) throws IOException {
    Files.writeString(target.resolve("script.txt"), script.toPseudoC());
    Files.writeString(target.resolve("script.json"), script.toJson());
    Files.writeString(target.resolve("repro.py"), script.toPython());
  }

  private static void tree(Fixture fixture, Path target) throws IOException {
    try (OutputStream manifest = Files.newOutputStream(target.resolve("manifest.txt"))) {
      Manifest.write(fixture, manifest);
    }
    if (fixture.walk().size() <= COPIED_ENTRIES) {
      FixtureInstaller.install(fixture, target.resolve("tree"));
    }
  }

  private String readme(Rule rule, CaseResult one) {
    return """
    %s

    Target %s, seed %d.

    %s
    Replay it: show the tree in tree/ (or that of manifest.txt; where there is neither, the fixture of
    `storeproof fixtures generate standard --seed %d --out DIR`) with your filesystem, and run
      sh repro.sh DIR
    with DIR the directory in which the store paths appear. script.txt has the calls for people,
    script.json for programs.
    """
        .formatted(
            one.id(), report.targetName(), report.seed(), Explanation.of(rule, one), report.seed());
  }

  private String shellScript(CaseResult one, Mismatch mismatch) {
    String replay =
        mismatch.script().isPresent()
            ? "exec python3 \"$(dirname \"$0\")/repro.py\" \"$1\"\n"
            : "echo \"no script was recorded; run: storeproof check "
                + report.targetName()
                + " --rules "
                + one.id()
                + " --seed "
                + report.seed()
                + "\"\nexit 2\n";
    return """
    #!/bin/sh
    # Replays %s. Argument: the directory in which the store paths appear.
    if [ $# -ne 1 ]; then
      echo "usage: $0 DIR" >&2
      exit 2
    fi
    cat <<'END-OF-TEXT'
    expected: %s
    observed: %s
    now:
    END-OF-TEXT
    %s\
    """
        .formatted(one.id(), oneLine(mismatch.expected()), oneLine(mismatch.observed()), replay);
  }

  private static String oneLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
