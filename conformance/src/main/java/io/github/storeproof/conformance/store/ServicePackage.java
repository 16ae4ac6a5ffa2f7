package io.github.storeproof.conformance.store;

import io.grpc.MethodDescriptor;
import java.util.Locale;

/// In which package a store has its services; they are the same on the wire. *Immutable.*
public enum ServicePackage {
  /// `snix.castore.v1`, `snix.store.v1`.
  SNIX,
  /// `tvix.castore.v1`, `tvix.store.v1`.
  TVIX;

  /// A method of the services of snix, as it is called in this package.
  <Q, R> MethodDescriptor<Q, R> of(MethodDescriptor<Q, R> snix) {
    return snix.toBuilder()
        .setFullMethodName(inPackage(snix.getFullMethodName()))
        .setSchemaDescriptor(null)
        .build();
  }

  /// A name of the services of snix, as it is in this package.
  String inPackage(String snix) {
    return snix.replaceFirst("^snix[.]", name().toLowerCase(Locale.ROOT) + ".");
  }
}
