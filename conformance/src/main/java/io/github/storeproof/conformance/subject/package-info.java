/// What a case is written with: the annotations that tie it to a rule and to features, and the
/// [Subject] that it is given. Start reading at [Checks].
@NullMarked
package io.github.storeproof.conformance.subject;

import org.jspecify.annotations.NullMarked;
