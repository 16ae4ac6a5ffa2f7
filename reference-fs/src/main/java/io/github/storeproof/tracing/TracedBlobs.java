package io.github.storeproof.tracing;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.blob.BlobBatch;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.blob.BlobWriter;
import io.github.storeproof.store.blob.Chunk;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/// Blobs whose reading is told. *Thread-safe.*
record TracedBlobs(BlobService service, Spans spans) implements BlobService {
  private static final AttributeKey<Long> OFFSET = AttributeKey.longKey("store.offset");
  private static final AttributeKey<Long> BYTES = AttributeKey.longKey("store.bytes");

  private Span span(String what, B3Digest digest) {
    return spans.ofDigest("store.blobs." + what, digest);
  }

  @Override
  public boolean mayBlock() {
    return service.mayBlock();
  }

  @Override
  public boolean has(B3Digest digest) throws StoreException {
    return spans.make(span("has", digest), () -> service.has(digest));
  }

  @Override
  public Optional<BlobReader> openRead(B3Digest digest) throws StoreException {
    return spans
        .make(span("openRead", digest), () -> service.openRead(digest))
        .map(reader -> new Reader(digest, reader));
  }

  @Override
  public Optional<BlobReader> openRead(B3Digest digest, long sizeBytes) throws StoreException {
    return spans
        .make(span("openRead", digest), () -> service.openRead(digest, sizeBytes))
        .map(reader -> new Reader(digest, reader));
  }

  @Override
  public Optional<List<Chunk>> chunks(B3Digest digest) throws StoreException {
    return spans.make(span("chunks", digest), () -> service.chunks(digest));
  }

  @Override
  public BlobWriter openWrite() throws StoreException {
    return service.openWrite();
  }

  @Override
  public B3Digest put(MemorySegment content) throws StoreException {
    Span span = spans.begin("store.blobs.put", SpanKind.INTERNAL);
    span.setAttribute(BYTES, content.byteSize());
    return spans.make(span, () -> service.put(content));
  }

  @Override
  public BlobBatch openBatch() {
    return service.openBatch();
  }

  /// A reader whose reads are told.
  private final class Reader implements BlobReader {
    private final B3Digest digest;
    private final BlobReader reader;

    Reader(B3Digest digest, BlobReader reader) {
      this.digest = digest;
      this.reader = reader;
    }

    @Override
    public long size() {
      return reader.size();
    }

    @Override
    public boolean isResident() {
      return reader.isResident();
    }

    @Override
    public int read(long offsetBytes, MemorySegment into) throws StoreException {
      Span span = span("read", digest);
      span.setAttribute(OFFSET, offsetBytes).setAttribute(BYTES, into.byteSize());
      return spans.make(span, () -> reader.read(offsetBytes, into));
    }

    @Override
    public byte[] readAll() throws StoreException {
      Span span = span("read", digest).setAttribute(BYTES, reader.size());
      return spans.make(span, reader::readAll);
    }

    @Override
    public Optional<MemorySegment> content(long offsetBytes, int sizeBytes) {
      return reader.content(offsetBytes, sizeBytes);
    }

    @Override
    public void close() {
      reader.close();
    }
  }
}
