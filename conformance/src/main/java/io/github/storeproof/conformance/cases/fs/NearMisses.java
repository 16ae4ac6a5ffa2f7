package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Linux;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureEntry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/// Names that are nearly the given one: what a lookup finds that compares too little, folds or
/// normalises.
final class NearMisses {
  private static final byte[] ADDED = {
    'x', ' ', '\n', '.', '-', '~', '%', (byte) 0x80, (byte) 0xff
  };

  private NearMisses() {}

  /// Names one step away, all of them valid.
  static Set<Bytes> of(byte[] name) {
    Set<Bytes> misses = new LinkedHashSet<>();
    for (byte added : ADDED) {
      add(misses, joined(name, new byte[] {added}));
    }
    for (byte added : new byte[] {' ', '.', '-'}) {
      add(misses, joined(new byte[] {added}, name));
    }
    int length = name.length;
    add(misses, Arrays.copyOf(name, length - 1));
    add(misses, Arrays.copyOf(name, length / 2));
    add(misses, Arrays.copyOf(name, 1));
    add(misses, Arrays.copyOfRange(name, 1, length));
    add(misses, joined(name, name));
    add(misses, otherCase(name, length));
    add(misses, otherCase(name, 1));
    add(misses, changed(name, length - 1));
    add(misses, changed(name, 0));
    add(misses, changed(name, length / 2));
    misses.remove(Bytes.of(name));
    return misses;
  }

  /// The path of nothing: a node's path with as many tildes after it as it takes.
  static byte[] beside(Fixture fixture, FixtureEntry node) {
    byte[] path = node.pathBytes();
    do {
      path = joined(path, new byte[] {'~'});
    } while (fixture.find(path).isPresent());
    return path;
  }

  /// The name with ASCII letters among its first bytes in the other case.
  static byte[] otherCase(byte[] name, int bytes) {
    byte[] other = name.clone();
    for (int at = 0; at < Math.min(bytes, name.length); at++) {
      boolean letter = (other[at] | 0x20) >= 'a' && (other[at] | 0x20) <= 'z';
      if (letter) {
        other[at] ^= 0x20;
      }
    }
    return other;
  }

  private static byte[] changed(byte[] name, int at) {
    byte[] other = name.clone();
    other[at] ^= 1;
    return other;
  }

  private static void add(Set<Bytes> names, byte[] name) {
    if (isName(name)) {
      names.add(Bytes.of(name));
    }
  }

  /// Whether a directory could have an entry of this name.
  static boolean isName(byte[] name) {
    boolean dots =
        name.length <= 2
            && Arrays.equals(
                name, "..".substring(0, name.length).getBytes(StandardCharsets.US_ASCII));
    if (name.length == 0 || name.length > Linux.NAME_MAX || dots) {
      return false;
    }
    for (byte b : name) {
      if (b == 0 || b == '/') {
        return false;
      }
    }
    return true;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
