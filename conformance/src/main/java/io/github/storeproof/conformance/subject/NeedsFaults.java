package io.github.storeproof.conformance.subject;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The case switches faults of the store on and off ([Subject#faults]); where the mount has no store
/// that the kit stands before, it is skipped with the reason.
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface NeedsFaults {
  /// Why a case is skipped.
  String REASON =
      "the mount asks no store through the kit: that takes populate method \"grpc\" and {store},"
          + " {store-socket} or {store-http} in the mount command";
}
