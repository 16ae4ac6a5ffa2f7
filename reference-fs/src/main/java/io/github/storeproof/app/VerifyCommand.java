package io.github.storeproof.app;

import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.file.FileStore;
import io.github.storeproof.store.file.ObjectStore;
import io.github.storeproof.store.file.ObjectVerification;
import io.github.storeproof.store.file.Verification;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `castore verify`: reads all of a store and says what is wrong.
@Command(
    name = "verify",
    description = {
      "Reads all of a store and prints what is wrong, a line for each.",
      "Exit status 1 when something is, and was not repaired."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class VerifyCommand implements Callable<Integer> {
  // A bar without an end.
  private static final long UNKNOWN_BYTES = -1;

  @Option(
      names = "--repair",
      description = "Make right what can be, and remove what is corrupt: it can be put again then.")
  private boolean isRepaired;

  @Mixin private EmbeddedOption storeOption = new EmbeddedOption();

  // Set by picocli before anything is called.
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Optional<ObjectStore> objects = storeOption.openObjects();
    Verification.Findings findings =
        objects.isPresent() ? verify(objects.get(), out) : verifyEmbedded(out);
    out.printf("%d problems, %d repaired%n", findings.problemCount(), findings.mendedCount());
    out.flush();
    return findings.problemCount() == findings.mendedCount() ? 0 : Main.ACCIDENT;
  }

  private Verification.Findings verifyEmbedded(PrintWriter out) throws StoreException {
    try (FileStore store = storeOption.open();
        ProgressBar bar = bar(Verification.sizeBytes(store))) {
      return new Verification(store, isRepaired, listener(out, bar)).verify();
    }
  }

  private Verification.Findings verify(ObjectStore store, PrintWriter out) throws StoreException {
    try (ProgressBar bar = bar(UNKNOWN_BYTES)) {
      return new ObjectVerification(store, isRepaired, listener(out, bar)).verify();
    }
  }

  private static Verification.Listener listener(PrintWriter out, ProgressBar bar) {
    return new Verification.Listener() {
      @Override
      public void read(long countBytes) {
        bar.stepBy(countBytes);
      }

      @Override
      public void found(String problem) {
        out.println(problem);
        out.flush();
      }
    };
  }

  /// It shows itself on terminals only.
  private static ProgressBar bar(long sizeBytes) {
    ProgressBarBuilder bar =
        new ProgressBarBuilder()
            .setTaskName("verify")
            .setInitialMax(sizeBytes)
            .setUnit(" MiB", 1 << 20)
            .hideEta()
            .clearDisplayOnFinish();
    Console console = System.console();
    boolean isShown = console != null && console.isTerminal();
    return isShown
        ? bar.build()
        : bar.setConsumer(new DelegatingProgressBarConsumer(_ -> {})).build();
  }
}
