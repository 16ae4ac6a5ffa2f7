package io.github.storeproof.conformance;

import io.github.storeproof.conformance.report.Report;
import io.github.storeproof.conformance.report.ReportWriter;
import io.github.storeproof.conformance.rule.RuleBook;
import io.github.storeproof.conformance.runner.Case;
import io.github.storeproof.conformance.runner.CaseCatalog;
import io.github.storeproof.conformance.runner.CheckRun;
import io.github.storeproof.conformance.runner.Selection;
import io.github.storeproof.conformance.subject.RunSettings;
import io.github.storeproof.conformance.subject.Session;
import io.github.storeproof.conformance.subject.TargetUnavailable;
import io.github.storeproof.conformance.target.MountedTarget;
import io.github.storeproof.conformance.target.StoreTarget;
import io.github.storeproof.conformance.target.Target;
import io.github.storeproof.conformance.target.TargetException;
import io.github.storeproof.conformance.target.Targets;
import io.github.storeproof.fixtures.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `storeproof check`: runs the kit against targets.
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Judges targets: mounts each, runs the cases, writes reports.",
      "Exit: 0 conforms; 1 a rule is broken; 2 the kit could not do its work."
    })
final class CheckCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "TARGET",
      description = {
        "A bundled profile's name or the path of a profile (default: reference).",
        "With --mount: the profile that says what the mount claims."
      })
  private List<String> targets = new ArrayList<>();

  @Option(
      names = "--mount",
      paramLabel = "DIR",
      description = "Judge what is mounted there already; with --manifest.")
  private @Nullable Path mount;

  @Option(
      names = "--manifest",
      paramLabel = "FILE",
      description = "What is in the mount of --mount.")
  private @Nullable Path manifest;

  @Option(
      names = "--grpc",
      paramLabel = "ADDR",
      description =
          "Judge the store services at grpc+unix:///path, grpc+http://host:port or"
              + " grpc+https://host:port. $STOREPROOF_STORE_CA is a file of certificates to trust,"
              + " $STOREPROOF_STORE_TOKEN_FILE one with a bearer token.")
  private @Nullable String grpc;

  @Option(
      names = "--rules",
      split = ",",
      paramLabel = "GLOB",
      description = "Only these rules or cases: DIR-*, ATTR-1/*.")
  private List<String> rules = new ArrayList<>();

  @Option(
      names = "--groups",
      split = ",",
      paramLabel = "GROUP",
      description = "Only these groups: ATTR,DIR.")
  private List<String> groups = new ArrayList<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Where random choices come from (default: 1).")
  private long seed;

  @Option(names = "--tries", paramLabel = "N", description = "How often a property is tried.")
  private @Nullable Integer tries;

  @Option(
      names = "--patience",
      paramLabel = "FACTOR",
      defaultValue = "1",
      description = "Factor for every deadline (default: 1).")
  private double patience;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Where reports go (default: target/storeproof/<target>/).")
  private @Nullable Path report;

  @Option(names = "--list", description = "Name the cases and run none.")
  private boolean list;

  @Option(
      names = "--time-limit",
      paramLabel = "SECONDS",
      description = "Start no case after so many seconds.")
  private @Nullable Long timeLimitSeconds;

  @Option(names = "--keep", description = "Leave the work directory with trees and images.")
  private boolean keep;

  @Option(names = "--strict", description = "A SHOULD counts as a MUST.")
  private boolean strict;

  @Override
  public Integer call() {
    requireSense();
    try {
      if (list) {
        return list();
      }
      int worst = 0;
      for (String name : names()) {
        worst = worse(worst, check(name));
      }
      return worst;
    } catch (TargetException | TargetUnavailable | CheckRun.CannotRun | IOException e) {
      return Console.of(spec).cannot(e.getMessage());
    }
  }

  /// A broken rule says more than a run that could not be done.
  private static int worse(int a, int b) {
    return a == 1 || b == 1 ? 1 : Math.max(a, b);
  }

  private void requireSense() {
    if (grpc != null && (mount != null || !targets.isEmpty())) {
      throw wrong("--grpc excludes TARGET and --mount");
    }
    if (mount != null && targets.size() > 1) {
      throw wrong("--mount takes one TARGET at most, whose profile says what it claims");
    }
    if ((mount == null) != (manifest == null)) {
      throw wrong("--mount and --manifest belong together");
    }
    if (!(patience > 0 && patience <= 1000)) {
      throw wrong("--patience is " + patience + ", want more than 0 and at most 1000");
    }
    if (tries != null && tries < 1) {
      throw wrong("--tries is " + tries + ", want 1 or more");
    }
    if (timeLimitSeconds != null && timeLimitSeconds < 1) {
      throw wrong("--time-limit is " + timeLimitSeconds + ", want 1 or more");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }

  private List<String> names() {
    if (grpc != null) {
      return List.of(StoreTarget.NAME);
    }
    return mount != null
        ? List.of(MountedTarget.NAME)
        : targets.isEmpty() ? List.of("reference") : targets;
  }

  private Selection selection() {
    return new Selection(rules, groups);
  }

  private int list() throws CheckRun.CannotRun {
    RuleBook book = RuleBook.bundled();
    PrintWriter out = Console.of(spec).out();
    for (Case one :
        new CheckRun(
                book, CaseCatalog.bundled(), selection(), new ConsoleProgress(out, book, false))
            .list()) {
      out.printf("%-6s %s%n", one.level().word(), one.id());
    }
    out.flush();
    return 0;
  }

  private int check(String name) throws TargetException, CheckRun.CannotRun, IOException {
    PrintWriter out = Console.of(spec).out();
    RuleBook book = RuleBook.bundled();
    ConsoleProgress progress = new ConsoleProgress(out, book, ConsoleProgress.onTerminal());
    RunSettings settings =
        new RunSettings(
            seed,
            tries == null ? OptionalInt.empty() : OptionalInt.of(tries),
            patience,
            Optional.ofNullable(timeLimitSeconds).map(Duration::ofSeconds));
    try (Target target = target(name)) {
      Path directory = reportDirectory(target.name());
      out.println("storeproof " + Version.current() + ": " + target.name() + ", seed " + seed);
      try (Session session = new Session(target, settings)) {
        CheckRun run = new CheckRun(book, CaseCatalog.bundled(), selection(), progress);
        Report found = run.run(session, Version.current());
        Report written = ReportWriter.write(found, directory, strict);
        progress.summary(written, directory, strict);
        if (keep) {
          target.files().ifPresent(files -> out.println("kept: " + files));
        }
        return written.exitCode(strict);
      }
    }
  }

  private Target target(String name) throws TargetException {
    if (grpc != null) {
      return Targets.at(grpc);
    }
    if (mount == null || manifest == null) {
      return Targets.of(name, keep);
    }
    try (InputStream text = Files.newInputStream(manifest)) {
      return new MountedTarget(mount, Manifest.read(text), claims());
    } catch (IOException e) {
      throw new TargetException("manifest " + manifest + ": " + e.getMessage(), e);
    }
  }

  /// What the profile says of the mount, where one is named.
  private MountedTarget.Claims claims() throws TargetException {
    return targets.isEmpty()
        ? MountedTarget.Claims.NONE
        : MountedTarget.Claims.of(Targets.profile(targets.getFirst()));
  }

  /// Made before the run, so that a place that cannot be written to costs nothing.
  private Path reportDirectory(String targetName) throws IOException {
    Path directory =
        report == null ? Path.of("target", "storeproof", targetName) : reportOf(report, targetName);
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new IOException("cannot make the report directory " + directory + ": " + e, e);
    }
    if (!Files.isWritable(directory)) {
      throw new IOException("cannot write to the report directory " + directory);
    }
    return directory;
  }

  private Path reportOf(Path chosen, String targetName) {
    return targets.size() > 1 ? chosen.resolve(targetName) : chosen;
  }
}
