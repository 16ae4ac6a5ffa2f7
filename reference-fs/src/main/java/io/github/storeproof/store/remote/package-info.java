/// The way to store services on another machine or in another process, over gRPC.
///
/// [io.github.storeproof.store.remote.RemoteStore] asks, with a deadline for each question;
/// [io.github.storeproof.store.remote.Failures] is the one way from a status to a failure. The
/// services themselves are beside their interfaces: `GrpcBlobService` and its siblings.
@NullMarked
package io.github.storeproof.store.remote;

import org.jspecify.annotations.NullMarked;
