/// Verdicts and what is made of them. In come [CaseResult]s, out go `report.json`, `junit.xml`,
/// `report.html`, `repro/` and the matrix of several reports. Start reading at [Report].
@NullMarked
package io.github.storeproof.conformance.report;

import org.jspecify.annotations.NullMarked;
