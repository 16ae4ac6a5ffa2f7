package io.github.storeproof.ci.faulty;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// Wrong answers of readlink.
final class LinkFaults {
  static final List<Fault> ALL =
      List.of(
          fault("TargetsAreCutAt255", "LNK-1", "255 bytes", target -> cut(target, 255)),
          fault("TargetsAreCutAt4094", "LNK-1", "4094 bytes", target -> cut(target, 4094)),
          fault(
              "TargetsLoseTheirLastByte",
              "LNK-1",
              "bytes",
              target -> cut(target, Math.max(1, target.length - 1))),
          fault(
              "TargetsAreTidied",
              "LNK-1",
              "bytes",
              target -> text(target, text -> text.replaceAll("(^|/)\\./", "$1"))),
          fault(
              "TargetsEndAtANewline",
              "LNK-1",
              "bytes",
              target -> text(target, text -> text.isBlank() ? text : text.split("\n", 2)[0])),
          fault(
              "TargetsAreAbsolute",
              "LNK-3",
              "ENOENT",
              target -> text(target, text -> text.startsWith("/") ? text : '/' + text)),
          fault(
              "AbsoluteTargetsAreCutOff",
              "LNK-1",
              "bytes",
              target -> text(target, text -> text.startsWith("/") ? text.substring(1) : text)),
          Fault.of("LongTargetsAreRefused", "LNK-1", "ENAMETOOLONG", tree -> refusing(tree, 1023)),
          Fault.of("DanglingLinksAreMissing", "LNK-1", "ENOENT", LinkFaults::following));

  private LinkFaults() {}

  private static Fault fault(
      String name, String rule, String message, UnaryOperator<byte[]> target) {
    return Fault.of(
        name,
        rule,
        message,
        tree ->
            new PlainDirectory(tree) {
              @Override
              byte[] readlink(String path) throws Failure {
                return target.apply(super.readlink(path));
              }
            });
  }

  private static PlainDirectory refusing(String tree, int longest) {
    return new PlainDirectory(tree) {
      @Override
      byte[] readlink(String path) throws Failure {
        byte[] target = super.readlink(path);
        if (target.length > longest) {
          throw new Failure(Failure.ENAMETOOLONG);
        }
        return target;
      }
    };
  }

  private static PlainDirectory following(String tree) {
    return new PlainDirectory(tree) {
      @Override
      byte[] readlink(String path) throws Failure {
        byte[] target = super.readlink(path);
        String text = new String(target, StandardCharsets.ISO_8859_1);
        if (!text.startsWith("/")) {
          getattr(in(parentOf(path), text));
        }
        return target;
      }
    };
  }

  private static byte[] cut(byte[] target, int length) {
    return Arrays.copyOf(target, Math.min(length, target.length));
  }

  private static byte[] text(byte[] target, UnaryOperator<String> change) {
    return PlainDirectory.bytes(change.apply(new String(target, StandardCharsets.ISO_8859_1)));
  }
}
