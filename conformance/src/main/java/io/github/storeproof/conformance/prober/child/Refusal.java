package io.github.storeproof.conformance.prober.child;

/// A script that the child cannot run: it asks for too much, or for something that has no meaning. Says nothing of a target.
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  Refusal(String message) {
    super(message);
  }
}
