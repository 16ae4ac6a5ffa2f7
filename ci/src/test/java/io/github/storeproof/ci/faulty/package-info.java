/// A filesystem that shares no code with the reference: it shows a plain directory through libfuse 2 by jnr-fuse, right
/// or with one fault. What comes in are paths, one char for each byte: the JVM runs with
/// `-Dfile.encoding=ISO-8859-1`. java.nio does not follow that property, so files are read through the C library.
///
/// Start reading at [PlainDirectory]; [Faults] lists what can be wrong with it.
@NullMarked
package io.github.storeproof.ci.faulty;

import org.jspecify.annotations.NullMarked;
