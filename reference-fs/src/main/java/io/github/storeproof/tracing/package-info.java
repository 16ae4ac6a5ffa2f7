/// Where the time of one system call goes, through all processes, as OpenTelemetry tells it.
///
/// [io.github.storeproof.tracing.Tracing] sends spans to a collector: of a filesystem's operations
/// ([io.github.storeproof.tracing.OperationSpans]), of gRPC calls on both sides
/// ([io.github.storeproof.tracing.CallSpans]), of what stores are asked ([io.github.storeproof.tracing.TracedBlobs]). What a thread does
/// is part of the span in its [io.grpc.Context]. Nothing here is used unless it is asked for.
@NullMarked
package io.github.storeproof.tracing;

import org.jspecify.annotations.NullMarked;
