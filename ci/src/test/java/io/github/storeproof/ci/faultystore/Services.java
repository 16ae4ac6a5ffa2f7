package io.github.storeproof.ci.faultystore;

import io.grpc.Status;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The three services over one set of what was put. *Thread-safe.*
final class Services {
  private final Callers callers;
  private final Blobs blobs;
  private final Directories directories;
  private final PathInfos pathInfos;
  private final Map<String, Handler> methods = new HashMap<>();

  /// @param files takes the blobs
  /// @param stop ends the server
  Services(Path files, StoreFault fault, Runnable stop) {
    this.callers = new Callers(fault);
    this.blobs = new Blobs(files, fault);
    this.directories = new Directories(fault, stop, blobs);
    this.pathInfos = new PathInfos(fault, new Archives(fault, stop, blobs, directories));
    String names = fault == StoreFault.SERVICES_ARE_IN_ANOTHER_PACKAGE ? "tvix." : "snix.";
    put(names + "castore.v1.BlobService/Stat", blobs::stat);
    put(names + "castore.v1.BlobService/Read", blobs::read);
    methods.put(names + "castore.v1.BlobService/Put", blobs::put);
    put(names + "castore.v1.DirectoryService/Get", directories::get);
    methods.put(names + "castore.v1.DirectoryService/Put", directories::put);
    switch (fault) {
      case PATH_INFOS_ARE_NOT_SERVED, CLAIMED_PATH_INFOS_ARE_NOT_SERVED -> {}
      case PATH_INFOS_ARE_IN_ANOTHER_PACKAGE -> putPathInfos("tvix.");
      default -> putPathInfos(names);
    }
    refuse(fault);
  }

  private void putPathInfos(String names) {
    put(names + "store.v1.PathInfoService/Get", pathInfos::get);
    put(names + "store.v1.PathInfoService/Put", pathInfos::put);
    put(names + "store.v1.PathInfoService/CalculateNAR", pathInfos::calculate);
    put(names + "store.v1.PathInfoService/List", pathInfos::list);
  }

  /// Methods that say that they cannot do it.
  private void refuse(StoreFault fault) {
    String refused =
        switch (fault) {
          case DIRECTORIES_CANNOT_BE_PUT -> "DirectoryService/Put";
          case NOTHING_NEED_BE_PUT, NOTHING_CAN_BE_PUT, CLAIMED_PUTS_ARE_NOT_SUPPORTED -> "/Put";
          case LISTS_ARE_NOT_SUPPORTED, CLAIMED_LISTS_ARE_NOT_SUPPORTED -> "/List";
          default -> "no method";
        };
    Handler refusing =
        Handler.of(_ -> {
          throw new Refused(Status.INTERNAL.withDescription("not supported"));
        });
    methods.replaceAll((name, handler) -> name.endsWith(refused) ? refusing : handler);
  }

  private void put(String method, Handler.Answer answer) {
    methods.put(method, callers.handler(method, answer));
  }

  /// The server was started again.
  void restarted() {
    blobs.restarted();
    directories.restarted();
    pathInfos.restarted();
  }

  /// A method by its full name.
  @Nullable Handler method(String name) {
    return methods.get(name);
  }
}
