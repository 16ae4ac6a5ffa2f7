package io.github.storeproof.conformance.cases.nar;

import static io.github.storeproof.conformance.cases.nar.NarWords.join;
import static io.github.storeproof.conformance.cases.nar.NarWords.number;

import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.RawBytes;
import io.github.storeproof.fixtures.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What no writer of archives makes, and no reader may take. *Immutable.*
///
/// @param name of its file, without `.nar`
/// @param fault what is wrong with it, in words that follow "an archive with"
/// @param bytes the archive
record WrongArchive(String name, String fault, RawBytes bytes) {
  private static final String LINK = "( type symlink target t )";
  private static final String FILE = "nix-archive-1 ( type regular contents x )";
  private static final int LENGTH_BYTES = 8;

  private static WrongArchive of(String name, String fault, byte[] bytes) {
    return new WrongArchive(name, fault, RawBytes.of(bytes));
  }

  private static WrongArchive words(String name, String fault, String words) {
    return of(name, fault, NarWords.of(words));
  }

  /// All but those that are only cut.
  static List<WrongArchive> all() {
    List<WrongArchive> all = new ArrayList<>(strings());
    all.addAll(lengths());
    all.addAll(names());
    all.addAll(ends());
    return all;
  }

  private static List<WrongArchive> strings() {
    return List.of(
        words("other-magic", "another magic", "nix-archive-2 ( type directory )"),
        words("unknown-type", "a type \"fifo\"", "nix-archive-1 ( type fifo )"),
        words(
            "executable-with-a-value",
            "a value behind \"executable\"",
            "nix-archive-1 ( type regular executable yes contents x )"),
        words(
            "executable-behind-contents",
            "\"executable\" behind the contents",
            "nix-archive-1 ( type regular contents x executable ~ )"),
        words("type-twice", "two types", "nix-archive-1 ( type regular type directory )"),
        words(
            "contents-twice",
            "two contents",
            "nix-archive-1 ( type regular contents x contents y )"),
        words("file-without-contents", "a file without contents", "nix-archive-1 ( type regular )"),
        words("link-without-target", "a link without a target", "nix-archive-1 ( type symlink )"),
        words(
            "link-with-contents",
            "a link with contents",
            "nix-archive-1 ( type symlink contents x )"),
        words(
            "entry-without-a-name",
            "an entry without a name",
            "nix-archive-1 ( type directory entry ( node " + LINK + " ) )"),
        words(
            "entry-without-a-node",
            "an entry without a node",
            "nix-archive-1 ( type directory entry ( name a ) )"),
        words(
            "entry-of-two-nodes",
            "an entry with two nodes",
            "nix-archive-1 ( type directory entry ( name a node "
                + LINK
                + " node "
                + LINK
                + " ) )"));
  }

  /// None of these many bytes comes.
  private static List<WrongArchive> lengths() {
    byte[] magic = NarWords.of("nix-archive-1 (");
    byte[] contents = NarWords.of("nix-archive-1 ( type regular contents");
    byte[] name = NarWords.of("nix-archive-1 ( type directory entry ( name");
    return List.of(
        of("string-of-63-bits", "a string of 2^63 - 1 bytes", join(magic, number(Long.MAX_VALUE))),
        of("string-of-64-bits", "a string of 2^64 - 8 bytes", join(magic, number(-8))),
        of("string-of-2-gib", "a string of 2 GiB", join(magic, number(Integer.MAX_VALUE))),
        of("name-of-63-bits", "a name of 2^63 - 1 bytes", join(name, number(Long.MAX_VALUE))),
        of("contents-of-64-bits", "contents of 2^64 - 8 bytes", join(contents, number(-8))),
        of(
            "contents-of-1-tib",
            "contents of 1 TiB that are not there",
            join(contents, number(1L << 40), new byte[100])));
  }

  private static List<WrongArchive> names() {
    return List.of(
        named("empty-name", "a name of no bytes", "~"),
        named("dot", "a name \".\"", "."),
        named("dot-dot", "a name \"..\"", ".."),
        named("slash", "a name \"a/b\"", "a/b"),
        named("nul", "a name with a NUL", "a\0b"),
        named("name-too-long", "a name of 256 bytes", "n".repeat(256)),
        entries("unsorted", "entries in the order b, a", "b", "a"),
        entries("signed-order", "entries in the order \\xff, a", "\u00ff", "a"),
        entries("twice", "an entry that is there twice", "b", "b"),
        words("empty-target", "a link to nowhere", "nix-archive-1 ( type symlink target ~ )"),
        words("nul-target", "a target with a NUL", "nix-archive-1 ( type symlink target a\0b )"));
  }

  private static WrongArchive named(String name, String fault, String entry) {
    return entries(name, fault, entry);
  }

  private static WrongArchive entries(String name, String fault, String... entries) {
    StringBuilder words = new StringBuilder("nix-archive-1 ( type directory ");
    for (String entry : entries) {
      words.append("entry ( name ").append(entry).append(" node ").append(LINK).append(" ) ");
    }
    return words(name, fault, words.append(')').toString());
  }

  private static List<WrongArchive> ends() {
    byte[] file = NarWords.of(FILE);
    byte[] ofContents = file.clone();
    ofContents[file.length - 2 * LENGTH_BYTES - 1] = 1;
    byte[] ofMagic = file.clone();
    ofMagic[3 * LENGTH_BYTES - 1] = 1;
    return List.of(
        of("padding-of-contents", "padding of contents that is not zero", ofContents),
        of("padding-of-a-string", "padding of a string that is not zero", ofMagic),
        of("a-byte-behind", "a byte behind its end", join(file, new byte[1])),
        of("zeros-behind", "8 zeros behind its end", join(file, new byte[LENGTH_BYTES])),
        of("archive-behind", "another archive behind its end", join(file, file)));
  }

  /// The beginnings of a right archive that end with a length or 8 bytes of a string, and some that end within them.
  static List<WrongArchive> cuts() {
    Tree tree = Tree.dir().executable("a", Content.ofText("12345")).link("b", "a").build();
    byte[] whole = RightArchives.of(tree).toBytes();
    List<WrongArchive> cuts = new ArrayList<>();
    for (int word = 0; word * LENGTH_BYTES < whole.length; word++) {
      int start = word * LENGTH_BYTES;
      cuts.add(cut(whole, start));
      if (word % 2 == 1) {
        cuts.add(cut(whole, start + 1 + word % (LENGTH_BYTES - 1)));
      }
    }
    return cuts;
  }

  private static WrongArchive cut(byte[] whole, int end) {
    return of(
        "cut-at-%04d".formatted(end),
        "nothing behind byte %d of %d".formatted(end, whole.length),
        Arrays.copyOf(whole, end));
  }
}
