package io.github.storeproof.conformance.subject;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The case sees what the kernel remembers of earlier calls. While it runs, no other case drops the kernel's caches, which
/// are those of the whole machine.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface KeepsCaches {}
