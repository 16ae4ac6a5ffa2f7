/// JSON as values: text in and out. Start reading at [Json].
@NullMarked
package io.github.storeproof.conformance.json;

import org.jspecify.annotations.NullMarked;
