package io.github.storeproof.conformance.cases.store;

import io.github.storeproof.conformance.oracle.AllowedReply;
import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.store.Reply;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Streams of directories that no client sends which means well. Whatever is answered, the server lives on.
class HostileStreamCases {
  private static final int MANY = 10_000;
  private static final int DEEP = 3_000;

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
          AllowedReply.ok(
                  "OK and " + DEEP + " directories",
                  reply ->
                      reply.messages().size() == DEEP
                          ? Optional.empty()
                          : Optional.of("OK and " + reply.messages().size()))
              .or(AllowedReply.refusal("an error")));
    }
    wantAlive(subject);
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
