/// A filesystem over another one, in which an operation that changes something can fail.
package io.github.storeproof.store.faulty;
