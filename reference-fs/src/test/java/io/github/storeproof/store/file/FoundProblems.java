package io.github.storeproof.store.file;

import java.util.List;

/// Adds the problems that a verification finds to a list.
record FoundProblems(List<String> problems) implements Verification.Listener {
  @Override
  public void read(long countBytes) {}

  @Override
  public void found(String problem) {
    problems.add(problem);
  }
}
