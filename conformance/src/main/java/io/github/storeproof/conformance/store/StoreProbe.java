package io.github.storeproof.conformance.store;

import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Finds out in which package a server has its store services.
public final class StoreProbe {
  private static final List<StoreMethod> ASKED =
      List.of(StoreMethod.BLOB_STAT, StoreMethod.DIRECTORY_GET, StoreMethod.PATH_INFO_GET);

  private StoreProbe() {}

  /// The package; empty where the server knows neither.
  ///
  /// @throws StoreRefusal when it answers nothing at all, or nothing to strangers
  public static Optional<ServicePackage> packageOf(StoreConnection connection, Duration deadline)
      throws StoreRefusal {
    for (ServicePackage names : ServicePackage.values()) {
      for (StoreMethod method : ASKED) {
        if (answers(connection, method.in(names), deadline)) {
          return Optional.of(names);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean answers(StoreConnection connection, String method, Duration deadline)
      throws StoreRefusal {
    Reply reply = connection.call(method, List.of(new byte[0]).iterator(), deadline);
    boolean isSilent = reply.isLate() || reply.code() == Status.Code.UNAVAILABLE;
    if (isSilent) {
      throw new StoreRefusal(
          "no store services answer there: " + method + " ended with " + reply.statusWords());
    }
    if (reply.code() == Status.Code.UNAUTHENTICATED) {
      throw new StoreRefusal(
          method
              + " ended with "
              + reply.statusWords()
              + ": the store services want to know who asks; $STOREPROOF_STORE_TOKEN_FILE names the"
              + " file of a token");
    }
    return reply.code() != Status.Code.UNIMPLEMENTED;
  }
}
