package io.github.storeproof.tracing;

import io.github.storeproof.model.PathInfo;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.pathinfo.PathInfoListener;
import io.github.storeproof.store.pathinfo.PathInfoService;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.util.Optional;

/// Path infos whose reading is told. *Thread-safe.*
record TracedPathInfos(PathInfoService service, Spans spans) implements PathInfoService {
  private Span span(String what) {
    return spans.begin("store.pathinfos." + what, SpanKind.INTERNAL);
  }

  @Override
  public boolean mayBlock() {
    return service.mayBlock();
  }

  @Override
  public Optional<PathInfo> get(byte[] digest) throws StoreException {
    return spans.make(span("get"), () -> service.get(digest));
  }

  @Override
  public PathInfo put(PathInfo pathInfo) throws StoreException {
    return spans.make(span("put"), () -> service.put(pathInfo));
  }

  @Override
  public Cursor<PathInfo> list() throws StoreException {
    return spans.make(span("list"), service::list);
  }

  @Override
  public boolean isObservable() {
    return service.isObservable();
  }

  @Override
  public void addListener(PathInfoListener listener) {
    service.addListener(listener);
  }
}
