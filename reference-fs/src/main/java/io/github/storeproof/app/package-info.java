/// The castore command line: where the parts of the reference are put together.
@NullMarked
package io.github.storeproof.app;

import org.jspecify.annotations.NullMarked;
