package io.github.storeproof.conformance.runner;

import io.github.storeproof.conformance.report.CaseResult;
import java.util.function.Consumer;

/// Is told how a run goes on, by one thread at a time. Cases on several lanes start and end in between each other.
public interface Progress {
  /// Nobody looks.
  Progress NONE = ofResults(_ -> {});

  /// Tells of results only.
  static Progress ofResults(Consumer<CaseResult> listener) {
    return new Progress() {
      @Override
      public void begins(int caseCount) {}

      @Override
      public void starts(Case one) {}

      @Override
      public void ended(CaseResult result) {
        listener.accept(result);
      }

      @Override
      public void ends() {}
    };
  }

  /// So many cases will come.
  void begins(int caseCount);

  /// A case starts.
  void starts(Case one);

  /// A case has come to something.
  void ended(CaseResult result);

  /// No more will come.
  void ends();
}
