package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.fixtures.DirBuilder;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.Tree;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Trees that are about names. Each entry is a link whose target spells its name, so that a link
/// found by another name shows.
final class NameFixture {
  /// Forms that some filesystem takes for one name. Only the first of each is in the directory
  /// `single`.
  private static final List<List<String>> FORMS =
      List.of(
          List.of("\u00e9", "e\u0301"),
          List.of("\u00c5", "A\u030a", "\u212b"),
          List.of("\u1e69", "s\u0323\u0307", "s\u0307\u0323", "\u1e63\u0307"),
          List.of("\uac00", "\u1100\u1161"),
          List.of("\ufb01", "fi"),
          List.of("\u00df", "ss", "\u1e9e", "SS"),
          List.of("i", "I", "\u0131", "\u0130", "i\u0307"),
          List.of("k", "K", "\u212a"),
          List.of("\u03c3", "\u03c2", "\u03a3"),
          List.of("readme", "README", "Readme", "readmE"),
          List.of("a", "A", "\uff21", "\u0430"),
          List.of("x", "x ", "x.", " x", "x\u00a0", "x\u200b", "\ufeffx"),
          List.of("c:", "c;", "c"),
          List.of("CON", "con", "nul", "aux."),
          List.of("%41", "%2f", "%"),
          List.of("\\", "\\\\", "a\\b"));

  private NameFixture() {}

  /// Each byte alone, first, last and between, in directories of their own.
  static Fixture everyByte() {
    DirBuilder alone = Tree.dir();
    DirBuilder first = Tree.dir();
    DirBuilder last = Tree.dir();
    DirBuilder between = Tree.dir();
    for (int value = 1; value < 256; value++) {
      byte b = (byte) value;
      if (b != '/') {
        add(first, new byte[] {b, 'z'});
        add(last, new byte[] {'z', b});
        add(between, new byte[] {'z', b, 'z'});
        if (b != '.') {
          add(alone, new byte[] {b});
        }
      }
    }
    Tree tree =
        Tree.dir()
            .add("alone", alone.build())
            .add("first", first.build())
            .add("last", last.build())
            .add("between", between.build())
            .build();
    return Fixture.of("every-byte", "every-byte", tree);
  }

  /// All forms beside each other, and one form of each alone.
  static Fixture forms() {
    DirBuilder together = Tree.dir();
    DirBuilder single = Tree.dir();
    for (List<String> forms : FORMS) {
      forms.forEach(form -> add(together, form.getBytes(StandardCharsets.UTF_8)));
      add(single, forms.getFirst().getBytes(StandardCharsets.UTF_8));
    }
    Tree tree = Tree.dir().add("together", together.build()).add("single", single.build()).build();
    return Fixture.of("forms", "forms", tree);
  }

  /// The paths of forms that the fixture of [#forms] has not.
  static List<byte[]> absentForms(Fixture forms) {
    List<byte[]> absent = new ArrayList<>();
    for (List<String> each : FORMS) {
      for (String form : each.subList(1, each.size())) {
        byte[] path = forms.path("forms", "single", form);
        if (forms.find(path).isEmpty()) {
          absent.add(path);
        }
      }
    }
    return absent;
  }

  /// Names of 1, 254 and 255 bytes that differ in their last byte only.
  static Fixture longNames() {
    DirBuilder names = Tree.dir();
    for (int length : List.of(1, 2, 127, 128, 143, 144, 200, 253, 254, 255)) {
      for (byte last : new byte[] {'a', 'b'}) {
        add(names, longName(length, last));
      }
    }
    Tree.Dir inside = Tree.dir().link("inside", "target").build();
    Tree tree =
        Tree.dir().add("names", names.build()).add(longName(255, (byte) 'd'), inside).build();
    return Fixture.of("long-names", "long-names", tree);
  }

  /// A name of so many bytes that ends with the given one.
  static byte[] longName(int lengthBytes, byte last) {
    ByteArrayOutputStream name = new ByteArrayOutputStream(lengthBytes);
    name.writeBytes("n".repeat(lengthBytes - 1).getBytes(StandardCharsets.US_ASCII));
    name.write(last);
    return name.toByteArray();
  }

  private static void add(DirBuilder directory, byte[] name) {
    directory.add(name, Tree.link("name-" + HexFormat.of().formatHex(name)));
  }
}
