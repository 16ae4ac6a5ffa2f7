package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.model.StorePath;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Names that are nearly a store path, and names that are nothing like one.
final class RootNearMisses {
  private static final int DIGEST_CHARS = 32;

  private RootNearMisses() {}

  /// Names that share the digest or the name with a store path, or nearly both.
  static Set<Bytes> of(StorePath path) {
    String basename = path.basename();
    String digest = basename.substring(0, DIGEST_CHARS);
    String name = path.name();
    Set<Bytes> misses = new LinkedHashSet<>(NearMisses.of(Bytes.of(basename).toArray()));
    List<String> texts =
        List.of(
            digest,
            digest + "-",
            digest + name,
            digest + "-wrong",
            digest + "-" + name + ".drv",
            digest + "-" + name + ".lock",
            digest + "-" + name.substring(0, name.length() - 1),
            digest + "-" + name.toUpperCase(Locale.ROOT),
            digest + "--" + name,
            digest + "_" + name,
            digest + "0-" + name,
            "0" + digest + "-" + name,
            digest.substring(1) + "-" + name,
            digest.substring(0, DIGEST_CHARS - 1) + "-" + name,
            digest.toUpperCase(Locale.ROOT) + "-" + name,
            withOther(digest, 0) + "-" + name,
            withOther(digest, DIGEST_CHARS - 1) + "-" + name,
            "e" + digest.substring(1) + "-" + name,
            digest.substring(0, DIGEST_CHARS - 1) + "u-" + name,
            "0".repeat(DIGEST_CHARS) + "-" + name,
            name,
            "-" + name,
            "." + basename,
            basename + "-",
            basename + "\u00e9",
            basename + ".chroot");
    texts.stream()
        .filter(text -> !text.isEmpty() && !text.equals(basename))
        .map(Bytes::of)
        .forEach(misses::add);
    return misses;
  }

  /// Names that no store path has.
  static List<Bytes> foreign() {
    return List.of(
        Bytes.of("a"),
        Bytes.of(".links"),
        Bytes.of(".git"),
        Bytes.of("..."),
        Bytes.of("-"),
        Bytes.of(" "),
        Bytes.of("\n"),
        Bytes.of(new byte[] {(byte) 0xe9}),
        Bytes.of(new byte[] {(byte) 0xff, (byte) 0xfe}),
        Bytes.of("nix"),
        Bytes.of("autorun.inf"),
        Bytes.of("x".repeat(31)),
        Bytes.of("x".repeat(32)),
        Bytes.of("0".repeat(32) + "-"),
        Bytes.of("0".repeat(32) + "-a b"),
        Bytes.of("0".repeat(32) + "-" + "n".repeat(211)),
        Bytes.of("0".repeat(32) + "-" + "n".repeat(212)),
        Bytes.of("z".repeat(32) + "-name"),
        Bytes.of("E".repeat(32) + "-name"),
        Bytes.of("\u00e9".repeat(16) + "-name"),
        Bytes.of("\u00e9".repeat(32) + "-name"),
        Bytes.of(" ".repeat(255)),
        Bytes.of("-".repeat(255)));
  }

  private static String withOther(String digest, int at) {
    char other = digest.charAt(at) == '0' ? '1' : '0';
    return digest.substring(0, at) + other + digest.substring(at + 1);
  }
}
