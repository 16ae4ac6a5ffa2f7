/// The castore command line: where the parts of the reference are put together.
///
/// [io.github.storeproof.app.Main] starts; each command is a class of its own.
@NullMarked
package io.github.storeproof.app;

import org.jspecify.annotations.NullMarked;
