/// What a process did and how long it took, as Prometheus reads it.
///
/// [io.github.storeproof.metrics.OperationMetrics] watches a filesystem,
/// [io.github.storeproof.metrics.CallMetrics] the calls of services and their clients;
/// [io.github.storeproof.metrics.MetricsServer] tells of both. Nothing here is used unless it is asked for.
@NullMarked
package io.github.storeproof.metrics;

import org.jspecify.annotations.NullMarked;
