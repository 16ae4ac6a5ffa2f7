package io.github.storeproof.conformance.cases.store;

import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.store.Reply;
import io.github.storeproof.conformance.store.StoreCall;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.model.Directory;
import java.util.ArrayList;
import java.util.List;

/// Puts whose messages take turns, as those of clients that work side by side. All of their messages together fit into
/// the window of one connection, so that services which serve them one after the other are right too.
class TurnsCases {
  private static final int PUTS = 4;
  private static final int MESSAGES = 3;
  private static final int MESSAGE_BYTES = 3000;
  private static final String EACH = "each of " + PUTS + " Puts whose messages take turns";

  @Checks("BLOB-1")
  void blobsThatComeInTurnsAreKeptApart(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    List<byte[]> contents = new ArrayList<>();
    List<List<byte[]>> streams = new ArrayList<>();
    for (int i = 0; i < PUTS; i++) {
      byte[] content = Blobs.random(subject.random(), MESSAGES * MESSAGE_BYTES);
      contents.add(content);
      streams.add(Blobs.messages(content, MESSAGE_BYTES));
    }
    List<Reply> replies = inTurns(dialog, StoreMethod.BLOB_PUT, streams);
    for (int i = 0; i < PUTS; i++) {
      dialog.want(
          EACH,
          dialog.noted(StoreMethod.BLOB_PUT, streams.get(i), replies.get(i)),
          Blobs.digest(Blake3.hash(contents.get(i))));
    }
    contents.forEach(content -> Blobs.wantContent(dialog, content));
  }

  /// The first and the last are the same tree.
  @Checks("DSV-1")
  void treesThatComeInTurnsAreKeptApart(StoreSubject subject) {
    Dialog dialog = subject.dialog();
    List<List<Directory>> trees = new ArrayList<>();
    for (int i = 1; i < PUTS; i++) {
      trees.add(Corners.threeLevels(i, subject.sizeRule(), subject.random()));
    }
    trees.add(trees.getFirst());
    List<List<byte[]>> streams = trees.stream().map(Directories::messages).toList();
    List<Reply> replies = inTurns(dialog, StoreMethod.DIRECTORY_PUT, streams);
    for (int i = 0; i < PUTS; i++) {
      dialog.want(
          EACH,
          dialog.noted(StoreMethod.DIRECTORY_PUT, streams.get(i), replies.get(i)),
          Directories.root(trees.get(i).getLast().digest()));
    }
    for (List<Directory> tree : trees) {
      dialog.want(
          "Get of a root whose Put took turns with others",
          Directories.get(dialog, tree.getLast().digest(), false),
          Directories.directory(tree.getLast()));
    }
  }

  /// The first message of each stream, then the second of each, and so on.
  private static List<Reply> inTurns(
      Dialog dialog, StoreMethod method, List<List<byte[]>> streams) {
    dialog.note("(" + PUTS + " Puts, whose messages take turns)");
    List<StoreCall> calls = new ArrayList<>();
    for (int i = 0; i < PUTS; i++) {
      calls.add(dialog.start(method));
    }
    for (int turn = 0; turn < MESSAGES; turn++) {
      for (int i = 0; i < PUTS; i++) {
        calls.get(i).send(streams.get(i).get(turn));
      }
    }
    calls.forEach(StoreCall::halfClose);
    return calls.stream().map(StoreCall::end).toList();
  }
}
