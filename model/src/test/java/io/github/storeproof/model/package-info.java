/// Tests of the values: golden bytes, each violation with its message, and properties.
@NullMarked
package io.github.storeproof.model;

import org.jspecify.annotations.NullMarked;
