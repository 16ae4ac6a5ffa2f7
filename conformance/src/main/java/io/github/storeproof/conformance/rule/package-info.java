/// What a conforming store does: the rules as text. In come the Markdown files `rules/GROUP.md`,
/// out go [Rule]s by id. Start reading at [RuleBook].
@NullMarked
package io.github.storeproof.conformance.rule;

import org.jspecify.annotations.NullMarked;
