/// The stores as gRPC services, and connections to such services.
///
/// [io.github.storeproof.grpc.StoreServer] serves what
/// [io.github.storeproof.grpc.BlobEndpoint] and its siblings make of the stores;
/// [io.github.storeproof.grpc.Statuses] is the one way from a failure to a status;
/// [io.github.storeproof.grpc.StoreChannel] connects.
@NullMarked
package io.github.storeproof.grpc;

import org.jspecify.annotations.NullMarked;
