package io.github.storeproof.conformance.prober;

/// A script did not end within its deadline. The child was killed; a task that ignores even that is left behind until its target lets go.
public final class ProberHung extends Exception {
  private static final long serialVersionUID = 1;

  private final transient HangReport report;

  /// Says what hung.
  public ProberHung(HangReport report) {
    super(report.summary());
    this.report = report;
  }

  /// Returns which calls were being made, and what the kernel says of every task of the child.
  public HangReport report() {
    return report;
  }
}
