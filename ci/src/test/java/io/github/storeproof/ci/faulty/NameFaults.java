package io.github.storeproof.ci.faulty;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/// Names that mean others, and names that are not found.
final class NameFaults {
  static final List<Fault> ALL =
      List.of(
          alike("CaseDoesNotMatter", "NAM-2", String::equalsIgnoreCase),
          alike(
              "FormsDoNotMatter",
              "NAM-2",
              (name, wanted) ->
                  normalized(name, Normalizer.Form.NFC)
                      .equals(normalized(wanted, Normalizer.Form.NFC))),
          alike("PrefixesMatch", "NAM-4", (name, wanted) -> name.startsWith(wanted)),
          alike("SuffixesMatch", "NAM-4", (name, wanted) -> wanted.startsWith(name)),
          alike(
              "BlanksDoNotMatter", "NAM-4", (name, wanted) -> name.strip().equals(wanted.strip())),
          mapped("TrailingDotsAreDropped", "NAM-4", "ENOENT", path -> trimmed(path, '.')),
          mapped("TrailingBlanksAreDropped", "NAM-4", "ENOENT", path -> trimmed(path, ' ')),
          mapped(
              "NamesAreCutAt254",
              "NAM-3",
              "ENOENT",
              path ->
                  PlainDirectory.nameOf(path).length() < 255
                      ? path
                      : path.substring(0, path.length() - 1)),
          Fault.of(
              "NamesOf200BytesAreTooLong",
              "NAM-3",
              "ENAMETOOLONG",
              tree -> failingAt(tree, 200, Failure.ENAMETOOLONG)),
          Fault.of(
              "TooLongNamesAreEinval",
              "NAM-3",
              "EINVAL",
              tree -> failingAt(tree, 256, Failure.EINVAL)),
          listed("ListedNamesAreDecoded", NameFaults::utf8),
          listed(
              "ControlBytesAreListedAsQuestionMarks",
              name -> name.replaceAll("[\\x01-\\x1f\\x7f]", "?")),
          listed("ListedNamesAreComposed", name -> normalized(name, Normalizer.Form.NFC)),
          listed("ListedNamesAreLowerCase", name -> name.replace('A', 'a')),
          Fault.of("WhatIsMissingIsEio", "OPN-1", "EIO", tree -> missing(tree, Failure.EIO)),
          Fault.of(
              "WhatIsMissingIsRefused", "OPN-1", "EACCES", tree -> missing(tree, Failure.EACCES)),
          Fault.of("WhatIsMissingIsSuccess", "OPN-1", "ENOENT", tree -> missing(tree, -2)));

  private NameFaults() {}

  /// Looks at the disk under another path.
  private static Fault mapped(
      String name, String rule, String message, UnaryOperator<String> path) {
    return Fault.of(
        name,
        rule,
        message,
        tree ->
            new PlainDirectory(tree) {
              @Override
              Attributes getattr(String wanted) throws Failure {
                return super.getattr(isRoot(wanted) ? wanted : path.apply(wanted));
              }
            });
  }

  /// Finds a name that is not there where one like it is.
  private static Fault alike(String name, String rule, BiPredicate<String, String> isLike) {
    return Fault.of(
        name,
        rule,
        "ENOENT",
        tree ->
            new PlainDirectory(tree) {
              private final Map<String, List<Entry>> known = new ConcurrentHashMap<>();

              private List<Entry> entries(String directory) throws Failure {
                List<Entry> entries = known.get(directory);
                if (entries == null) {
                  entries = readdir(directory);
                  known.put(directory, entries);
                }
                return entries;
              }

              @Override
              Attributes getattr(String path) throws Failure {
                try {
                  return super.getattr(path);
                } catch (Failure failure) {
                  String wanted = nameOf(path);
                  for (Entry entry : entries(parentOf(path))) {
                    if (isLike.test(entry.name(), wanted)) {
                      return entry.attributes();
                    }
                  }
                  throw failure;
                }
              }
            });
  }

  /// Lists other names than those that can be looked up.
  private static Fault listed(String name, UnaryOperator<String> change) {
    return Fault.of(
        name,
        "NAM-1",
        "missing",
        tree ->
            new PlainDirectory(tree) {
              @Override
              List<Entry> readdir(String path) throws Failure {
                return super.readdir(path).stream()
                    .map(entry -> new Entry(change.apply(entry.name()), entry.attributes()))
                    .toList();
              }
            });
  }

  private static PlainDirectory failingAt(String tree, int lengthBytes, int errno) {
    return new PlainDirectory(tree) {
      @Override
      Attributes getattr(String path) throws Failure {
        if (nameOf(path).length() >= lengthBytes) {
          throw new Failure(errno);
        }
        return super.getattr(path);
      }
    };
  }

  private static PlainDirectory missing(String tree, int errno) {
    return new PlainDirectory(tree) {
      @Override
      Attributes getattr(String path) throws Failure {
        try {
          return super.getattr(path);
        } catch (Failure failure) {
          throw new Failure(failure.errno() == Failure.ENOENT ? errno : failure.errno());
        }
      }
    };
  }

  private static String utf8(String name) {
    byte[] decoded =
        new String(PlainDirectory.bytes(name), StandardCharsets.UTF_8)
            .replace('\uFFFD', '?')
            .getBytes(StandardCharsets.UTF_8);
    return new String(decoded, StandardCharsets.ISO_8859_1);
  }

  private static String normalized(String name, Normalizer.Form form) {
    String text = new String(PlainDirectory.bytes(name), StandardCharsets.UTF_8);
    return new String(
        Normalizer.normalize(text, form).getBytes(StandardCharsets.UTF_8),
        StandardCharsets.ISO_8859_1);
  }

  private static String trimmed(String path, char last) {
    boolean ends = path.length() > 2 && path.charAt(path.length() - 1) == last;
    boolean whole = path.charAt(path.length() - 2) == '/';
    return ends && !whole ? path.substring(0, path.length() - 1) : path;
  }
}
