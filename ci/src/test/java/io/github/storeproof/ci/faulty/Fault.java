package io.github.storeproof.ci.faulty;

import java.util.function.Function;

/// A fault of the stand-alone filesystem, the rule that must fail on it, and what the failure must say. *Immutable.*
///
/// @param name what is broken, as a sentence in one word
/// @param rule the rule, or the case, that kills it
/// @param message a part of what the kit says was expected or observed
/// @param filesystem makes the faulty filesystem of a tree; called in the process that serves it
/// @param options of the mount, as in `mount -o`
/// @param isRootListed whether it claims that the root can be listed
/// @param isApart whether it needs a process and threads of its own, because it ends the process, is there with several
///     threads only, or the rule watches the process
public record Fault(
    String name,
    String rule,
    String message,
    Function<String, PlainDirectory> filesystem,
    String options,
    boolean isRootListed,
    boolean isApart) {
  private static final String CACHED =
      "allow_other,default_permissions,use_ino,kernel_cache,entry_timeout=86400,attr_timeout=86400";
  private static final String UNCACHED =
      "allow_other,default_permissions,use_ino,direct_io,entry_timeout=0,attr_timeout=0";

  /// A fault of a mount that the kernel may cache.
  static Fault of(
      String name, String rule, String message, Function<String, PlainDirectory> filesystem) {
    return new Fault(name, rule, message, filesystem, "ro," + CACHED, true, false);
  }

  /// The same with another mount that the kernel asks each time.
  Fault uncached() {
    return new Fault(name, rule, message, filesystem, "ro," + UNCACHED, isRootListed, isApart);
  }

  /// The same with a mount that takes writes.
  Fault writable() {
    return new Fault(name, rule, message, filesystem, CACHED, isRootListed, isApart);
  }

  /// The same with a claim that the root cannot be listed.
  Fault unlisted() {
    return new Fault(name, rule, message, filesystem, options, false, isApart);
  }

  /// The same with a mount of which the kernel does not check permissions.
  Fault unchecked() {
    String fewer = options.replace("default_permissions,", "");
    return new Fault(name, rule, message, filesystem, fewer, isRootListed, isApart);
  }

  /// The same with further options of the mount.
  Fault with(String more) {
    return new Fault(name, rule, message, filesystem, options + ',' + more, isRootListed, isApart);
  }

  /// The same in a process of its own.
  Fault apart() {
    return new Fault(name, rule, message, filesystem, options, isRootListed, true);
  }
}
