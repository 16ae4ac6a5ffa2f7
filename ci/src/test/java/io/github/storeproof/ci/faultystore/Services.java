package io.github.storeproof.ci.faultystore;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The three services over one set of what was put. *Thread-safe.*
final class Services {
  private final PathInfos pathInfos;
  private final Map<String, Handler> methods = new HashMap<>();

  /// @param files takes the blobs
  /// @param stop ends the server
  Services(Path files, StoreFault fault, Runnable stop) {
    Blobs blobs = new Blobs(files, fault);
    Directories directories = new Directories(fault, stop);
    this.pathInfos = new PathInfos(fault, new Archives(fault, blobs, directories));
    String names = fault == StoreFault.SERVICES_ARE_IN_ANOTHER_PACKAGE ? "tvix." : "snix.";
    methods.put(names + "castore.v1.BlobService/Stat", Handler.of(blobs::stat));
    methods.put(names + "castore.v1.BlobService/Read", Handler.of(blobs::read));
    methods.put(names + "castore.v1.BlobService/Put", blobs::put);
    methods.put(names + "castore.v1.DirectoryService/Get", Handler.of(directories::get));
    methods.put(names + "castore.v1.DirectoryService/Put", directories::put);
    methods.put(names + "store.v1.PathInfoService/Get", Handler.of(pathInfos::get));
    methods.put(names + "store.v1.PathInfoService/Put", Handler.of(pathInfos::put));
    methods.put(names + "store.v1.PathInfoService/CalculateNAR", Handler.of(pathInfos::calculate));
    methods.put(names + "store.v1.PathInfoService/List", Handler.of(pathInfos::list));
  }

  /// The server was started again.
  void restarted() {
    pathInfos.restarted();
  }

  /// A method by its full name.
  @Nullable Handler method(String name) {
    return methods.get(name);
  }
}
