package io.github.storeproof.conformance.cases.store;

import io.github.storeproof.conformance.oracle.AllowedReply;
import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.oracle.Mismatch;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Should;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.model.Directory;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Put of streams that break a rule of [InvalidDirectories].
class InvalidDirectoryStreamCases {

  @Checks("DSV-3")
  void everyRuleOfDirectoriesIsChecked(StoreSubject subject) {
    judge(subject, _ -> AllowedReply.refusal("an error"));
  }

  @Checks("DSV-3")
  @Should
  void theStatusSaysThatTheArgumentIsInvalid(StoreSubject subject) {
    AllowedReply usual = AllowedReply.status(Status.Code.INVALID_ARGUMENT, Status.Code.INTERNAL);
    AllowedReply ofNothing = usual.or(AllowedReply.status(Status.Code.DATA_LOSS));
    judge(subject, stream -> stream.isEmpty() ? ofNothing : usual);
  }

  @Checks("DSV-4")
  void whatIsInvalidIsNotStored(StoreSubject subject) {
    Map<String, List<byte[]>> streams = InvalidDirectories.all(subject.directorySizes());
    streams.forEach((what, stream) -> {
      if (!stream.isEmpty()) {
        Dialog dialog = subject.dialog();
        boolean isRefused = !dialog.call(StoreMethod.DIRECTORY_PUT, stream).isOk();
        B3Digest last = Blake3.hash(stream.getLast());
        if (isRefused && !last.equals(Directory.EMPTY.digest())) {
          Directories.wantNothing(dialog, "the root of a refused Put (" + what + ")", last);
        }
      }
    });
  }

  /// All streams are tried; the first that is taken is shown, and the others are named.
  private static void judge(StoreSubject subject, Function<List<byte[]>, AllowedReply> allowed) {
    List<String> others = new ArrayList<>();
    Mismatch first = null;
    for (Map.Entry<String, List<byte[]>> one :
        InvalidDirectories.all(subject.directorySizes()).entrySet()) {
      try {
        Dialog dialog = subject.dialog();
        dialog.want(
            "Put of " + one.getKey(),
            dialog.call(StoreMethod.DIRECTORY_PUT, one.getValue()),
            allowed.apply(one.getValue()));
      } catch (Mismatch mismatch) {
        if (first == null) {
          first = mismatch;
        } else {
          others.add(one.getKey());
        }
      }
    }
    if (first != null) {
      throw others.isEmpty()
          ? first
          : first.hint("The same holds for: " + String.join(", ", others));
    }
  }
}
