package io.github.storeproof.conformance.cases.store;

import com.google.protobuf.ByteString;
import io.github.storeproof.conformance.oracle.AllowedReply;
import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.store.Reply;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryCodec;
import io.github.storeproof.model.NarWriter;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.proto.castore.v1.CastoreProto.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Streams of directories that no client sends which means well. Whatever is answered, the server lives on.
class HostileStreamCases {
  private static final int MANY = 10_000;
  private static final int DEEP = 3_000;
  private static final int DEEPER = 10_000;
  private static final int LONGER_THAN_OTHERS = 3;

  /// Field 15, a varint.
  private static final byte[] UNKNOWN_FIELD = {0x78, 1};

  @Checks("DSV-8")
  void manyDirectoriesThatNothingLeadsToAreRefused(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    String unique = "/" + subject.random().nextLong() + "/";
    List<byte[]> stream = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      stream.add(DirectoryCodec.encode(DirectoryCases.link(unique + i)));
    }
    dialog.want(
        "Put of " + MANY + " directories that nothing leads to",
        dialog.call(StoreMethod.DIRECTORY_PUT, stream),
        AllowedReply.refusal("an error"));
    wantAlive(subject);
  }

  @Checks("DSV-8")
  void aDeepTreeIsTakenOrRefused(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    List<Directory> chain = Corners.chain(DEEP, subject.sizeRule());
    Reply put = dialog.call(StoreMethod.DIRECTORY_PUT, Directories.messages(chain));
    dialog.want(
        "Put of " + DEEP + " directories in each other",
        put,
        Directories.root(chain.getLast().digest()).or(AllowedReply.refusal("an error")));
    if (put.isOk()) {
      dialog.want(
          "recursive Get of them",
          Directories.get(dialog, chain.getLast().digest(), true),
          count(DEEP).or(AllowedReply.refusal("an error")));
    }
    wantAlive(subject);
  }

  /// What goes down a tree by calls of itself has no more room long before this.
  @Checks("DSV-8")
  void anArchiveOfADeepTreeIsMadeOrRefused(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    Duration deadline = subject.deadline().multipliedBy(LONGER_THAN_OTHERS);
    List<Directory> chain = Corners.chain(DEEPER, subject.sizeRule());
    B3Digest root = chain.getLast().digest();
    String what = " of " + DEEPER + " directories in each other";
    AllowedReply refused = AllowedReply.refusal("an error");
    Reply put = dialog.call(StoreMethod.DIRECTORY_PUT, Directories.messages(chain), deadline);
    dialog.want("Put" + what, put, Directories.root(root).or(refused));
    if (put.isOk()) {
      Entry.Builder entry = Entry.newBuilder();
      entry
          .getDirectoryBuilder()
          .setDigest(ByteString.copyFrom(root.toBytes()))
          .setSize(chain.getLast().size(subject.sizeRule()));
      byte[] archive = archiveOfChain();
      dialog.want(
          "CalculateNAR" + what,
          dialog.call(StoreMethod.CALCULATE_NAR, List.of(entry.build().toByteArray()), deadline),
          NarCases.archive(archive.length, sha256(archive)).or(refused));
      dialog.want(
          "recursive Get" + what,
          dialog.call(
              StoreMethod.DIRECTORY_GET,
              List.of(Directories.request(root.toBytes(), true)),
              deadline),
          count(DEEPER).or(refused));
    }
    wantAlive(subject);
  }

  private static byte[] archiveOfChain() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      NarWriter writer = new NarWriter(bytes);
      writer.directory();
      for (int i = 1; i < DEEPER; i++) {
        writer.entry(PathComponent.of("d"));
        writer.directory();
      }
      for (int i = 0; i < DEEPER; i++) {
        writer.endDirectory();
      }
      writer.finish();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static AllowedReply count(int count) {
    return AllowedReply.ok(
        "OK and " + count + " directories",
        reply ->
            reply.messages().size() == count
                ? Optional.empty()
                : Optional.of("OK and " + reply.messages().size()));
  }

  /// A field that the service does not know is refused, or is no part of the directory.
  @Checks("DSV-8")
  void unknownFieldsAreNotStored(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    Directory known = DirectoryCases.link("known-" + subject.random().nextLong());
    byte[] right = DirectoryCodec.encode(known);
    byte[] more = Arrays.copyOf(right, right.length + UNKNOWN_FIELD.length);
    System.arraycopy(UNKNOWN_FIELD, 0, more, right.length, UNKNOWN_FIELD.length);
    dialog.want(
        "Put of a directory with a field that nobody knows",
        dialog.call(StoreMethod.DIRECTORY_PUT, more),
        AllowedReply.refusal("an error").or(Directories.root(known.digest())));
    wantAlive(subject);
  }

  private static void wantAlive(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    dialog.note("(after the stream)");
    Directory small = DirectoryCases.link("after-" + subject.random().nextLong());
    Directories.put(dialog, List.of(small));
    dialog.want(
        "Get after the stream",
        Directories.get(dialog, small.digest(), false),
        Directories.directory(small));
  }
}
