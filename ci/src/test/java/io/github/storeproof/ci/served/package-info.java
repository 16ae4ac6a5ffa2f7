/// The rules of store services as tests of the stores of this repository, as the daemon serves them.
@NullMarked
package io.github.storeproof.ci.served;

import org.jspecify.annotations.NullMarked;
