package io.github.storeproof.grpc;

import io.grpc.BindableService;
import io.grpc.protobuf.services.ProtoReflectionService;

/// The older reflection service, which many clients still ask first.
@SuppressWarnings("deprecation")
final class ReflectionAlpha {
  private ReflectionAlpha() {}

  static BindableService service() {
    return ProtoReflectionService.newInstance();
  }
}
