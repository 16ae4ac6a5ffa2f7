package io.github.storeproof.ci.mutant;

import io.github.storeproof.ci.faulty.Fault;
import io.github.storeproof.ci.faultystore.StoreFault;
import io.github.storeproof.conformance.report.Report;
import io.github.storeproof.conformance.rule.RuleBook;
import io.github.storeproof.conformance.runner.CaseCatalog;
import io.github.storeproof.conformance.runner.CheckRun;
import io.github.storeproof.conformance.runner.Progress;
import io.github.storeproof.conformance.runner.Selection;
import io.github.storeproof.conformance.subject.Probers;
import io.github.storeproof.conformance.subject.RunSettings;
import io.github.storeproof.conformance.subject.Session;
import io.github.storeproof.conformance.target.Target;
import io.github.storeproof.conformance.target.TargetException;
import io.github.storeproof.conformance.target.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Runs the kit on mutants, one after the other or several at a time. *Thread-safe.*
final class Judge implements AutoCloseable {
  private static final Duration SHRINKING = Duration.ZERO;
  private static final double IMPATIENT = 0.5;
  private static final double HASTY = 0.1;

  private final Path directory;
  private final RuleBook book = RuleBook.bundled();
  private final Probers probers = new Probers();
  private final SharedStore shared;
  private final FaultyHost host;

  /// A judge that writes profiles to a directory.
  Judge(Path directory) throws IOException, TargetException {
    this.directory = directory;
    this.shared = SharedStore.create();
    this.host = FaultyHost.start(directory, directory.resolve("faulty.log"));
  }

  /// What the rule of a mutant says of it, up to the first case that kills it.
  Report killed(Mutant mutant, long seed) throws Exception {
    try (Target target = target(mutant);
        Session session = new Session(target, settings(mutant, seed), probers)) {
      Selection cases = new Selection(List.of(mutant.cases()), List.of());
      return new CheckRun(book, CaseCatalog.bundled(), cases, stoppingAtADeath(mutant, session))
          .run(session, "test");
    }
  }

  /// What all cases of a selection say of a mutant.
  Report judged(Mutant mutant, RunSettings settings, Selection cases) throws Exception {
    try (Target target = target(mutant);
        Session session = new Session(target, settings, probers)) {
      return new CheckRun(book, CaseCatalog.bundled(), cases, Progress.NONE).run(session, "test");
    }
  }

  private static RunSettings settings(Mutant mutant, long seed) {
    return new RunSettings(
        seed, OptionalInt.empty(), patience(mutant), Optional.empty(), SHRINKING);
  }

  /// Of what is known to hang, less is waited for.
  private static double patience(Mutant mutant) {
    if (mutant.target() instanceof Mutant.Store(StoreFault fault) && fault.hangs()) {
      return HASTY;
    }
    if (mutant.message().equals(ArchiveMutants.TOO_LONG)) {
      return HASTY;
    }
    return mutant.message().equals(Mutant.NO_ANSWER) ? IMPATIENT : 1;
  }

  private static Progress stoppingAtADeath(Mutant mutant, Session session) {
    return Progress.ofResults(result -> {
      if (mutant.isKilledBy(result)) {
        session.stop("the mutant is dead");
      }
    });
  }

  private Target target(Mutant mutant) throws IOException, TargetException {
    return switch (mutant.target()) {
      case Mutant.Wrapped wrapped when !wrapped.isApart() ->
          new WrappedTarget(mutant, wrapped, shared);
      case Mutant.Archives(var reader) -> new ArchiveTarget(mutant, reader, shared);
      case Mutant.Stored stored -> new StoredTarget(mutant, stored, shared);
      case Mutant.Faulty(Fault fault) when !fault.isApart() ->
          new HostedTarget(fault, host, shared);
      case Mutant.Store(StoreFault fault) ->
          FaultyStoreTarget.of(fault, Files.createTempDirectory(directory, "store"));
      case Mutant.Wrapped _, Mutant.Command _, Mutant.Shell _, Mutant.Own _, Mutant.Faulty _ -> {
        Path own = Files.createTempDirectory(directory, "mutant");
        Path profile = own.resolve("mutant.toml");
        Files.writeString(profile, MutantProfile.of(mutant, own));
        yield Targets.of(profile.toString(), false);
      }
    };
  }

  @Override
  public void close() {
    probers.close();
    shared.close();
    host.close();
  }
}
