package io.github.storeproof.conformance.prober;

/// What a builder method takes where C takes an int or a pointer: a [Slot] (the result of an earlier call) or an [Arg].
public sealed interface Operand permits Arg, Slot {}
