package io.github.storeproof.conformance.target;

import io.github.storeproof.conformance.target.Placeholders.Word;
import io.github.storeproof.fixtures.RawBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The command of a profile that reads archives and writes again what it has understood. *Immutable.*
///
/// @param command of the profile's `[nar]`
/// @param workspace of the run
record ArchiveReader(String command, Workspace workspace) {
  private static final int TIME_OVER = 124;

  /// More than this of a copy is not looked at.
  private static final int MOST_COPIED_BYTES = 64 << 20;

  /// Has it read archives.
  ///
  /// @param archives by their names
  ArchiveCopies read(SortedMap<String, RawBytes> archives, Duration limit) throws TargetException {
    Path in = workspace.directory("nar");
    Path out = workspace.directory("nar-out");
    Path work = workspace.directory("work");
    try {
      for (Map.Entry<String, RawBytes> archive : archives.entrySet()) {
        Files.write(in.resolve(archive.getKey()), archive.getValue().toBytes());
      }
      OuterCommand end = run(words(in, out, work).command(command), work, limit);
      return new ArchiveCopies(end, copies(out));
    } catch (IOException e) {
      throw new TargetException("archives cannot be given to [nar]: " + e.getMessage(), e);
    }
  }

  private static Placeholders words(Path in, Path out, Path work) {
    Placeholders known =
        Placeholders.none()
            .with(Word.NAR, in.toString())
            .with(Word.OUT, out.toString())
            .with(Word.WORK, work.toString());
    return Launchers.castore().map(launcher -> known.with(Word.CASTORE, launcher)).orElse(known);
  }

  private OuterCommand run(String filled, Path directory, Duration limit) throws TargetException {
    CommandProcess process = CommandProcess.start(filled, workspace, directory);
    if (process.waitFor(limit)) {
      String tail = process.shownTail();
      return new OuterCommand(process.exit().orElse(0), filled + tail);
    }
    process.killGroup();
    return new OuterCommand(
        TIME_OVER,
        "it has not ended after "
            + CommandProcess.seconds(limit)
            + ": "
            + filled
            + process.shownTail());
  }

  private static Map<String, RawBytes> copies(Path out) throws IOException {
    Map<String, RawBytes> copies = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(out)) {
      for (Path file : files) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          try (InputStream bytes = Files.newInputStream(file)) {
            copies.put(
                file.getFileName().toString(), RawBytes.of(bytes.readNBytes(MOST_COPIED_BYTES)));
          }
        }
      }
    }
    return copies;
  }
}
