package io.github.storeproof.conformance.cases.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The files of services that do not run, found by the bytes that they have, whatever they are called. *Immutable.*
///
/// @param directory that all of them are below
record StoredFiles(Path directory) {
  /// What a file may have besides the content.
  private static final int MOST_OTHER_BYTES = 256;

  private static final int WINDOW_BYTES = 64;
  private static final int MOST_FILE_BYTES = 256 << 20;

  /// So large is a list of digests that is a file of its own, not a part of a database.
  private static final int MOST_LIST_BYTES = 2048;

  /// What is done to a file that has certain bytes.
  @FunctionalInterface
  private interface Change {
    void make(RandomAccessFile file) throws IOException;
  }

  /// Flips a bit of a content wherever it is.
  ///
  /// @return how many files have changed
  int flip(byte[] content) {
    byte[] window = window(content);
    int changed = 0;
    for (Path file : files()) {
      List<Integer> places = size(file) > MOST_FILE_BYTES ? List.of() : places(file, window);
      if (!places.isEmpty()) {
        change(
            file,
            open -> {
              for (int place : places) {
                open.seek(place);
                open.write(window[0] ^ 1);
              }
            });
        changed++;
      }
    }
    return changed;
  }

  /// Cuts the files that have a content and nothing else.
  ///
  /// @param left how much of each is left, of 1
  /// @return how many files have changed
  int cut(byte[] content, double left) {
    List<Path> own = own(content, content.length);
    own.forEach(file -> change(file, open -> open.setLength((long) (open.length() * left))));
    return own.size();
  }

  /// Removes the files that have a content, or a part of it, and nothing else.
  ///
  /// @return how many files were there
  int remove(byte[] content) {
    List<Path> own = own(content, 0);
    try {
      for (Path file : own) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return own.size();
  }

  /// Lets two strings of one length change places in the lists that have both.
  ///
  /// @return how many lists have changed
  int swap(byte[] one, byte[] other) {
    int changed = 0;
    for (Path file : files()) {
      if (one.length != other.length || size(file) > MOST_LIST_BYTES) {
        continue;
      }
      List<Integer> ofOne = places(file, one);
      List<Integer> ofOther = places(file, other);
      if (ofOne.size() == 1 && ofOther.size() == 1) {
        change(
            file,
            open -> {
              open.seek(ofOne.getFirst());
              open.write(other);
              open.seek(ofOther.getFirst());
              open.write(one);
            });
        changed++;
      }
    }
    return changed;
  }

  private List<Path> own(byte[] content, int leastBytes) {
    byte[] window = window(content);
    return files().stream()
        .filter(file -> size(file) >= leastBytes)
        .filter(file -> size(file) <= content.length + MOST_OTHER_BYTES)
        .filter(file -> !places(file, window).isEmpty())
        .toList();
  }

  private static byte[] window(byte[] content) {
    int from = content.length / 2;
    return Arrays.copyOfRange(content, from, from + WINDOW_BYTES);
  }

  private List<Path> files() {
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void change(Path file, Change change) {
    boolean isReadOnly = !file.toFile().canWrite() && file.toFile().setWritable(true);
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      change.make(open);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (isReadOnly && !file.toFile().setWritable(false)) {
      throw new IllegalStateException(file + " cannot be made read-only again");
    }
  }

  private static List<Integer> places(Path file, byte[] window) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Integer> places = new ArrayList<>();
    for (int at = 0; at + window.length <= bytes.length; at++) {
      if (bytes[at] == window[0]
          && Arrays.equals(bytes, at, at + window.length, window, 0, window.length)) {
        places.add(at);
      }
    }
    return places;
  }
}
