package io.github.storeproof.ci.mutant;

import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.Attr;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// Faults in symbolic links.
final class LinkMutants {
  static final List<Mutant> ALL =
      List.of(
          targets(
              "TargetsAreCutAt1023",
              "LNK-1",
              "different from byte",
              t -> Arrays.copyOf(t, Math.min(t.length, 1023))),
          targets("TargetsAreDecodedAsUtf8", "LNK-1", "different from byte", LinkMutants::asUtf8),
          targets(
              "TargetsLoseTheirFirstByte", "LNK-2", "in a buffer of", LinkMutants::withoutFirst),
          targets(
              "TargetsHaveNoSlashAtTheirEnd",
              "NAR-1/what-is-seen-has-the-archive-of-its-tree",
              "an archive of",
              LinkMutants::withoutSlash),
          targets("TargetsGoUpNoDirectory", "LNK-3", "behind the link", LinkMutants::withoutDots),
          targets(
              "AbsoluteTargetsAreRelative",
              "LNK-5",
              "in the root of the store failed with ENOENT",
              LinkMutants::relative),
          Mutant.of(
              "FilesCanBeReadAsLinks",
              "LNK-4",
              "EINVAL",
              right ->
                  AttributeFault.of((Attr a) ->
                          Attrs.isFile(a) && a.sizeBytes() == 0
                              ? Attrs.withMode(a, Attr.S_IFLNK | 0777)
                              : a)
                      .apply(new ReadsEverything(right))));

  private LinkMutants() {}

  private static Mutant targets(
      String name, String rule, String message, UnaryOperator<byte[]> fault) {
    return Mutant.of(
        name,
        rule,
        message,
        right ->
            new Forwarding(right) {
              @Override
              public byte[] readlink(long nodeId) throws ErrnoException {
                return fault.apply(super.readlink(nodeId));
              }
            });
  }

  private static byte[] asUtf8(byte[] target) {
    return new String(target, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] withoutFirst(byte[] target) {
    return target.length > 1 ? Arrays.copyOfRange(target, 1, target.length) : target;
  }

  private static byte[] withoutSlash(byte[] target) {
    int length = target.length;
    return length > 1 && target[length - 1] == '/' ? Arrays.copyOf(target, length - 1) : target;
  }

  /// `../x` becomes `x`.
  private static byte[] withoutDots(byte[] target) {
    boolean up = target.length > 3 && target[0] == '.' && target[1] == '.' && target[2] == '/';
    return up ? Arrays.copyOfRange(target, 3, target.length) : target;
  }

  private static byte[] relative(byte[] target) {
    return target[0] == '/' ? withoutFirst(target) : target;
  }

  /// Every node has a target.
  private static final class ReadsEverything extends Forwarding {
    ReadsEverything(FuseOperations right) {
      super(right);
    }

    @Override
    public byte[] readlink(long nodeId) {
      return new byte[] {'x'};
    }
  }
}
