/// What is under test. In comes a profile (or a directory that is already mounted) and a fixture,
/// out comes a [LiveMount] to look at. Nothing here touches a path below a mount: it reads `/proc`,
/// runs commands and asks the prober. Start reading at [Target].
@NullMarked
package io.github.storeproof.conformance.target;

import org.jspecify.annotations.NullMarked;
