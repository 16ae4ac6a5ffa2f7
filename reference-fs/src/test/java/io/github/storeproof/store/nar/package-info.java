@org.jspecify.annotations.NullMarked
package io.github.storeproof.store.nar;
