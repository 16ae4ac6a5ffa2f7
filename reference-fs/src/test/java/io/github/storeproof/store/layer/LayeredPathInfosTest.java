package io.github.storeproof.store.layer;

import io.github.storeproof.store.pathinfo.MemoryPathInfoService;
import io.github.storeproof.store.pathinfo.PathInfoService;
import io.github.storeproof.store.pathinfo.PathInfoServiceContract;

class LayeredPathInfosTest extends PathInfoServiceContract {
  @Override
  protected PathInfoService open() {
    return new LayeredPathInfos(
        new MemoryPathInfoService(),
        new MemoryPathInfoService(),
        new FarStore("far"),
        new Layering(true, true));
  }
}
