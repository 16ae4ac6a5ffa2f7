package io.github.storeproof.conformance.cases.store;

import io.github.storeproof.conformance.oracle.AllowedReply;
import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.store.Reply;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Should;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.conformance.subject.TargetUnavailable;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobResponse.ChunkMeta;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Blobs whose bytes change where the services keep them.
class CorruptBlobCases {
  private static final int SMALL_BYTES = 3000;
  private static final int LARGE_BYTES = 1_500_000;

  private static final AllowedReply REFUSED = AllowedReply.refusal("an error");

  /// A change to what services keep.
  @FunctionalInterface
  private interface Change {
    /// @return how many files have changed
    int in(StoredFiles files);
  }

  /// A blob, and what is done to it.
  ///
  /// @param how in words
  private record Damaged(byte[] content, String how, Change change) {}

  @Checks("BLOB-7")
  void bytesThatChangedAreNotServed(StoreSubject subject) {
    List<Damaged> blobs = new ArrayList<>();
    blobs.add(flipped(subject, SMALL_BYTES));
    blobs.add(flipped(subject, LARGE_BYTES));
    blobs.add(cut(subject, SMALL_BYTES + 1, 0));
    blobs.add(cut(subject, SMALL_BYTES + 2, 0.9));
    blobs.add(cut(subject, LARGE_BYTES + 1, 0.9));
    blobs.add(removed(subject, SMALL_BYTES + 3));
    blobs.add(removed(subject, LARGE_BYTES + 2));
    blobs.add(swapped(subject, LARGE_BYTES + 3));
    damage(subject, blobs);
    for (Damaged blob : blobs) {
      Dialog dialog = subject.dialog();
      dialog.note(history(blob));
      dialog.want(
          "Read of a blob that has changed where it is kept",
          read(dialog, blob),
          AllowedReply.refusal("an error, or the bytes that were put")
              .or(Blobs.content(blob.content())));
    }
  }

  /// Whoever finds a blob broken puts it again.
  @Checks("BLOB-7")
  @Should
  void aPutMendsWhatHasChanged(StoreSubject subject) {
    List<Damaged> blobs = new ArrayList<>();
    blobs.add(flipped(subject, SMALL_BYTES + 4));
    blobs.add(flipped(subject, LARGE_BYTES + 4));
    blobs.add(cut(subject, SMALL_BYTES + 5, 0));
    blobs.add(removed(subject, SMALL_BYTES + 6));
    damage(subject, blobs);
    for (Damaged blob : blobs) {
      Dialog dialog = subject.dialog();
      dialog.note(history(blob));
      read(dialog, blob);
      Reply put = dialog.call(StoreMethod.BLOB_PUT, Blobs.messages(blob.content()));
      dialog.want(
          "Put of what has changed where it is kept",
          put,
          Blobs.digest(Blake3.hash(blob.content())).or(REFUSED));
      if (put.isOk()) {
        dialog.want(
            "Read of what had changed where it is kept, and was put again",
            read(dialog, blob),
            Blobs.content(blob.content()));
      }
    }
  }

  private static Damaged flipped(StoreSubject subject, int sizeBytes) {
    byte[] content = Blobs.random(subject.random(), sizeBytes);
    return new Damaged(content, "a byte is changed in their files", files -> files.flip(content));
  }

  /// As after a full disk or a lost write.
  private static Damaged cut(StoreSubject subject, int sizeBytes, double left) {
    byte[] content = Blobs.random(subject.random(), sizeBytes);
    return new Damaged(
        content,
        left == 0 ? "its file is emptied" : "the end of its file is cut off",
        files -> files.cut(content, left));
  }

  private static Damaged removed(StoreSubject subject, int sizeBytes) {
    byte[] content = Blobs.random(subject.random(), sizeBytes);
    return new Damaged(
        content, "a file that has nothing else is removed", files -> files.remove(content));
  }

  /// The first two chunks: each is right by itself, and the whole is not.
  private static Damaged swapped(StoreSubject subject, int sizeBytes) {
    byte[] content = Blobs.random(subject.random(), sizeBytes);
    Dialog dialog = subject.dialog();
    Blobs.put(dialog, content);
    List<ChunkMeta> chunks = BlobChunkCases.chunks(dialog, content);
    return new Damaged(
        content,
        "its first two chunks change places in a list",
        files -> chunks.size() < 2 ? 0 : swap(files, chunks.get(0), chunks.get(1)));
  }

  /// With their sizes, where the list is kept as Stat answers it.
  private static int swap(StoredFiles files, ChunkMeta one, ChunkMeta other) {
    int lists = files.swap(one.toByteArray(), other.toByteArray());
    return lists > 0
        ? lists
        : files.swap(one.getDigest().toByteArray(), other.getDigest().toByteArray());
  }

  /// Puts blobs, kills the services, changes their files, and starts them again.
  private static void damage(StoreSubject subject, List<Damaged> blobs) {
    Optional<Path> directory = subject.files();
    if (directory.isEmpty() || !subject.canRestart()) {
      subject.skip("the kit has not started the services, so it does not know their files");
      return;
    }
    StoredFiles files = new StoredFiles(directory.get());
    blobs.forEach(blob -> Blobs.put(subject.dialog(), blob.content()));
    AtomicInteger changed = new AtomicInteger();
    try {
      subject.restart(() -> blobs.forEach(blob -> changed.addAndGet(blob.change().in(files))));
    } catch (TargetUnavailable e) {
      subject.skip("the services do not start on files that have changed: " + e.getMessage());
    }
    if (changed.get() == 0) {
      subject.skip("no file of the services has the bytes of a blob as they are");
    }
  }

  private static String history(Damaged blob) {
    return "(Put of "
        + blob.content().length
        + " bytes; the services are killed, "
        + blob.how()
        + ", and they are started again)";
  }

  private static Reply read(Dialog dialog, Damaged blob) {
    return dialog.call(
        StoreMethod.BLOB_READ, Blobs.readRequest(Blake3.hash(blob.content()).toBytes()));
  }
}
