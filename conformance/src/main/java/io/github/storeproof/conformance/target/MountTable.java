package io.github.storeproof.conformance.target;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The mounts of this process, as `/proc/self/mountinfo` tells them. Reading it touches no mounted
/// filesystem, so it cannot hang. *Immutable*: a look at one moment.
public final class MountTable {
  private static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");

  private final List<Entry> entries;

  private MountTable(List<Entry> entries) {
    this.entries = entries;
  }

  /// One mount.
  ///
  /// @param id the number of the mount, unique while it lasts
  /// @param minor the minor number of its device; for FUSE the number of its connection
  /// @param point where it is mounted; one char for each byte
  /// @param type the type of the filesystem, such as `fuse.castore`
  /// @param source what is mounted
  public record Entry(int id, int minor, String point, String type, String source) {
    /// Whether a process answers for this filesystem through the FUSE protocol.
    public boolean isFuse() {
      return type.equals("fuse") || type.startsWith("fuse.") || type.equals("fuseblk");
    }
  }

  /// The table as it is now.
  public static MountTable read() {
    try {
      return parse(Files.readString(MOUNTINFO, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + MOUNTINFO, e);
    }
  }

  /// A table from the text of a mountinfo file.
  static MountTable parse(String mountinfo) {
    return new MountTable(mountinfo.lines().map(MountTable::entry).toList());
  }

  private static Entry entry(String line) {
    List<String> fields = Arrays.asList(line.split(" "));
    int separator = fields.indexOf("-");
    if (separator < 6 || fields.size() < separator + 3) {
      throw new IllegalArgumentException(
          "line of mountinfo is '" + line + "', want ten fields and a '-'");
    }
    String device = fields.get(2);
    return new Entry(
        Integer.parseInt(fields.getFirst()),
        Integer.parseInt(device.substring(device.indexOf(':') + 1)),
        unescaped(fields.get(4)),
        fields.get(separator + 1),
        unescaped(fields.get(separator + 2)));
  }

  /// The kernel writes space, tab, newline and backslash as `\` and three octal digits.
  private static String unescaped(String field) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '\\' && i + 3 < field.length()) {
        plain.append((char) Integer.parseInt(field.substring(i + 1, i + 4), 8));
        i += 3;
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  /// All mounts, in the order in which they were made.
  public List<Entry> entries() {
    return entries;
  }

  /// The mount that is seen at that place: the last one made there.
  public Optional<Entry> at(byte[] path) {
    String point = chars(path);
    return entries.stream()
        .filter(entry -> entry.point().equals(point))
        .reduce((first, last) -> last);
  }

  /// The mounts below a directory (not on it), those inside others first.
  public List<Entry> below(byte[] directory) {
    String prefix = chars(directory) + "/";
    List<Entry> found =
        new ArrayList<>(entries.stream().filter(e -> e.point().startsWith(prefix)).toList());
    return found.reversed();
  }

  private static String chars(byte[] path) {
    return new String(path, StandardCharsets.ISO_8859_1);
  }
}
