package io.github.storeproof.tracing;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.directory.DirectoryWriter;
import io.opentelemetry.api.trace.Span;
import java.util.Optional;

/// Directories whose reading is told. *Thread-safe.*
record TracedDirectories(DirectoryService service, Spans spans) implements DirectoryService {
  private Span span(String what, B3Digest digest) {
    return spans.ofDigest("store.directories." + what, digest);
  }

  @Override
  public boolean mayBlock() {
    return service.mayBlock();
  }

  @Override
  public Optional<Directory> get(B3Digest digest) throws StoreException {
    return spans.make(span("get", digest), () -> service.get(digest));
  }

  @Override
  public B3Digest put(Directory directory) throws StoreException {
    return spans.make(span("put", directory.digest()), () -> service.put(directory));
  }

  @Override
  public Cursor<Directory> getRecursive(B3Digest root) throws StoreException {
    return spans.make(span("getRecursive", root), () -> service.getRecursive(root));
  }

  @Override
  public DirectoryWriter putMultiple() throws StoreException {
    return service.putMultiple();
  }
}
