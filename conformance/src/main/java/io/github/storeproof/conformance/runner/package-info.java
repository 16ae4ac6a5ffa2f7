/// Runs cases on the JUnit Platform. In come a target and a choice of rules, out comes a
/// [io.github.storeproof.conformance.report.Report]. Start reading at [CheckRun].
@NullMarked
package io.github.storeproof.conformance.runner;

import org.jspecify.annotations.NullMarked;
