package io.github.storeproof.ci.faultystore;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// What is wrong between right answers and those who ask, whatever they ask for.
record Callers(StoreFault fault, Semaphore one) {
  /// All who ask for one set of services.
  Callers(StoreFault fault) {
    this(fault, new Semaphore(1));
  }

  /// A method that answers, with the fault, if it is one of this method.
  ///
  /// @param method its full name
  Handler handler(String method, Handler.Answer right) {
    if (!method.contains(place())) {
      return Handler.of(right);
    }
    return switch (fault) {
      case READS_OF_A_BLOB_SHARE_THEIR_PLACE,
          GETS_OF_A_TREE_SHARE_THEIR_PLACE,
          LISTS_SHARE_THEIR_PLACE ->
          new Paced(right, Paced.Wrong.PLACE, one);
      case READS_THAT_WERE_CANCELLED_ARE_REMEMBERED -> new Paced(right, Paced.Wrong.END, one);
      case LISTS_STOP_IN_THE_MIDDLE -> new Paced(right, Paced.Wrong.SILENCE, one);
      case SLOW_CLIENTS_HOLD_UP_OTHERS, LISTS_THAT_PAUSE_HOLD_UP_OTHERS ->
          new Paced(right, Paced.Wrong.ORDER, one);
      default -> Handler.of(refusingAgain(right));
    };
  }

  /// The method that has the fault.
  private String place() {
    return switch (fault) {
      case READS_OF_A_BLOB_SHARE_THEIR_PLACE,
          READS_THAT_WERE_CANCELLED_ARE_REMEMBERED,
          SLOW_CLIENTS_HOLD_UP_OTHERS,
          MISSING_BLOBS_STAY_MISSING ->
          "BlobService/Read";
      case MISSING_CHUNKS_STAY_MISSING -> "BlobService/Stat";
      case GETS_OF_A_TREE_SHARE_THEIR_PLACE, MISSING_DIRECTORIES_STAY_MISSING ->
          "DirectoryService/Get";
      case LISTS_SHARE_THEIR_PLACE, LISTS_STOP_IN_THE_MIDDLE -> "PathInfoService/List";
      case LISTS_THAT_PAUSE_HOLD_UP_OTHERS -> "PathInfoService/";
      case MISSING_PATH_INFOS_STAY_MISSING -> "PathInfoService/Get";
      case ARCHIVES_THAT_FAILED_FAIL_AGAIN -> "PathInfoService/CalculateNAR";
      default -> "no method";
    };
  }

  /// An answer that remembers what it has refused.
  private static Handler.Answer refusingAgain(Handler.Answer right) {
    Map<ByteString, Refused> refused = new ConcurrentHashMap<>();
    return messages -> {
      ByteString request = ByteString.copyFrom(messages.getFirst());
      Refused before = refused.get(request);
      if (before != null) {
        throw before;
      }
      try {
        List<? extends MessageLite> answer = right.of(messages);
        return answer;
      } catch (Refused e) {
        refused.put(request, e);
        throw e;
      }
    };
  }
}
