/// Values of the content-addressed store: digests, names, nodes, directories and store paths.
@NullMarked
package io.github.storeproof.model;

import org.jspecify.annotations.NullMarked;
