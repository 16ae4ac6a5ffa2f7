package io.github.storeproof.conformance.subject;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The case gives archives to the target ([CaseContext#copyArchives]); where the profile has no
/// `[nar]` it is skipped with the reason.
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface NeedsArchiveReader {
  /// Why a case is skipped.
  String REASON = "the profile has no 'command' in [nar], so the target cannot be given archives";
}
