package io.github.storeproof.conformance.cases.fs;

/// Something that goes on beside a case. Closing waits for its end. *Confined.*
final class Meanwhile implements AutoCloseable {
  private final Thread thread;

  private Meanwhile(Thread thread) {
    this.thread = thread;
  }

  static Meanwhile start(Runnable work) {
    return new Meanwhile(Thread.ofVirtual().start(work));
  }

  @Override
  public void close() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
