package io.github.storeproof.store.layer;

import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.blob.MemoryBlobService;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.directory.MemoryDirectoryService;
import io.github.storeproof.store.pathinfo.MemoryPathInfoService;
import io.github.storeproof.store.pathinfo.PathInfoService;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/// Stores in memory that can be switched off.
final class SwitchedStores {
  volatile boolean isUp = true;

  final BlobService blobs = switched(BlobService.class, new MemoryBlobService());
  final DirectoryService directories =
      switched(DirectoryService.class, new MemoryDirectoryService(SizeRule.SNIX));
  final PathInfoService pathInfos = switched(PathInfoService.class, new MemoryPathInfoService());

  private <T> T switched(Class<T> type, T service) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              if (!isUp) {
                throw new StoreException(StoreFailure.UNAVAILABLE, "switched off");
              }
              try {
                return method.invoke(service, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
