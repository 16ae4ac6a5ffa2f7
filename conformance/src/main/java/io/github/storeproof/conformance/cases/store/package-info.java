/// The cases of store services, one class for each topic: in comes a
/// [io.github.storeproof.conformance.subject.StoreSubject], out goes nothing, or a mismatch with the
/// calls that show it. Start reading at [BlobPutCases].
@NullMarked
package io.github.storeproof.conformance.cases.store;

import org.jspecify.annotations.NullMarked;
