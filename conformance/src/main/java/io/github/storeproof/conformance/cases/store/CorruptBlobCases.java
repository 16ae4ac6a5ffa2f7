package io.github.storeproof.conformance.cases.store;

import io.github.storeproof.conformance.oracle.AllowedReply;
import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.conformance.subject.TargetUnavailable;
import io.github.storeproof.model.Blake3;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Blobs whose bytes change where the services keep them.
class CorruptBlobCases {
  private static final int[] SIZES = {3000, 1_500_000, 3001, 3002, 1_500_001};

  /// What is left of a file of its own, as after a full disk or a lost write.
  private static final double[] CUTS = {1, 1, 0, 0.9, 0.9};

  /// What a file may have besides the content.
  private static final int MOST_OTHER_BYTES = 256;

  private static final int WINDOW_BYTES = 64;
  private static final int MOST_FILE_BYTES = 256 << 20;

  @Checks("BLOB-7")
  void bytesThatChangedAreNotServed(StoreSubject subject) {
    Optional<Path> files = subject.files();
    if (files.isEmpty() || !subject.canRestart()) {
      subject.skip("the kit has not started the services, so it does not know their files");
      return;
    }
    List<byte[]> contents =
        IntStream.of(SIZES).mapToObj(size -> Blobs.random(subject.random(), size)).toList();
    contents.forEach(content -> Blobs.put(subject.dialog(), content));
    AtomicInteger changed = new AtomicInteger();
    restart(
        subject,
        () -> {
          for (int i = 0; i < contents.size(); i++) {
            changed.addAndGet(change(files.get(), contents.get(i), CUTS[i]));
          }
        });
    for (byte[] content : contents) {
      Dialog dialog = subject.dialog();
      dialog.note(
          "(Put of "
              + content.length
              + " bytes; the services are killed, a byte is changed in their files or the end of one"
              + " is cut off, and they are started again)");
      dialog.want(
          "Read of a blob that has changed where it is kept",
          dialog.call(StoreMethod.BLOB_READ, Blobs.readRequest(Blake3.hash(content).toBytes())),
          AllowedReply.refusal("an error, or the bytes that were put").or(Blobs.content(content)));
    }
    if (changed.get() == 0) {
      subject.skip("no file of the services has the bytes of a blob as they are");
    }
  }

  private static void restart(StoreSubject subject, Runnable between) {
    try {
      subject.restart(between);
    } catch (TargetUnavailable e) {
      subject.skip("the services do not start on files that have changed: " + e.getMessage());
    }
  }

  /// Flips a bit of a content in all files that have it, or cuts those that have nothing else.
  private static int change(Path directory, byte[] content, double left) {
    int from = content.length / 2;
    byte[] window = java.util.Arrays.copyOfRange(content, from, from + WINDOW_BYTES);
    try (Stream<Path> walk = Files.walk(directory)) {
      int changed = 0;
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        changed +=
            left == 1 ? changeFile(file, window) : cutFile(file, content.length, window, left);
      }
      return changed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int cutFile(Path file, int contentBytes, byte[] window, double left)
      throws IOException {
    long sizeBytes = Files.size(file);
    boolean isOwn = sizeBytes >= contentBytes && sizeBytes <= contentBytes + MOST_OTHER_BYTES;
    if (!isOwn || places(Files.readAllBytes(file), window).isEmpty()) {
      return 0;
    }
    boolean isReadOnly = !file.toFile().canWrite() && file.toFile().setWritable(true);
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength((long) (sizeBytes * left));
    }
    return isReadOnly && !file.toFile().setWritable(false) ? 0 : 1;
  }

  private static int changeFile(Path file, byte[] window) throws IOException {
    if (Files.size(file) > MOST_FILE_BYTES) {
      return 0;
    }
    List<Integer> places = places(Files.readAllBytes(file), window);
    if (places.isEmpty()) {
      return 0;
    }
    boolean isReadOnly = !file.toFile().canWrite() && file.toFile().setWritable(true);
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      for (int place : places) {
        open.seek(place);
        open.write(window[0] ^ 1);
      }
    }
    return isReadOnly && !file.toFile().setWritable(false) ? 0 : places.size();
  }

  private static List<Integer> places(byte[] bytes, byte[] window) {
    List<Integer> places = new java.util.ArrayList<>();
    for (int at = 0; at + window.length <= bytes.length; at++) {
      if (bytes[at] == window[0]
          && java.util.Arrays.equals(bytes, at, at + window.length, window, 0, window.length)) {
        places.add(at);
      }
    }
    return places;
  }
}
