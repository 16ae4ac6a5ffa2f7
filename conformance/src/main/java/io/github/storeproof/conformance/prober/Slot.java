package io.github.storeproof.conformance.prober;

/// The place of a call in its script: stands for its result in later calls and finds its [Observation] afterwards.
///
/// A slot belongs to the builder that made it and to the builders nested in that one. Immutable.
public final class Slot implements Operand {
  private final Script.Builder owner;
  private final int index;

  Slot(Script.Builder owner, int index) {
    this.owner = owner;
    this.index = index;
  }

  /// Returns the position of the call in its script, from 0.
  public int index() {
    return index;
  }

  Script.Builder owner() {
    return owner;
  }

  @Override
  public String toString() {
    return "r" + index;
  }
}
