/// The container image: builds it with a script, and runs it with testcontainers. Start reading at
/// [io.github.storeproof.ci.container.ContainerImageIT].
@NullMarked
package io.github.storeproof.ci.container;

import org.jspecify.annotations.NullMarked;
