package io.github.storeproof.ci.faulty;

/// A line of a listing. *Immutable.*
///
/// @param name one char for each byte
/// @param attributes number and type of the node, as the listing tells them
record Entry(String name, Attributes attributes) {
  Entry withIno(long number) {
    return new Entry(name, attributes.withIno(number));
  }

  Entry withMode(int mode) {
    return new Entry(name, attributes.withMode(mode));
  }
}
