package io.github.storeproof.conformance.report;

import io.github.storeproof.conformance.oracle.Mismatch;
import io.github.storeproof.conformance.prober.Script;
import java.util.List;
import java.util.Locale;

/// One rule in `report.html`, with everything that is known of its cases. *Confined.*
final class HtmlRule {
  private final Html html;
  private final RuleResult result;
  private final long seed;

  HtmlRule(Html html, RuleResult result, long seed) {
    this.html = html;
    this.result = result;
    this.seed = seed;
  }

  void article() {
    String verdict = result.verdict().word();
    html.open("article", "id", result.rule().id(), "class", "rule " + verdict);
    html.open("h3").element("code", result.rule().id()).text(" ");
    html.element("span", verdict.replace('-', ' '), "class", "badge " + verdict).text(" ");
    html.element("span", result.rule().level().word(), "class", "badge level").close("h3");
    html.element("p", result.rule().statement(), "class", "statement");
    List<CaseResult> told =
        result.cases().stream().filter(one -> one.verdict() != Verdict.PASSED).toList();
    told.forEach(this::oneCase);
    if (result.verdict() == Verdict.FAILED || result.verdict() == Verdict.KNOWN) {
      causes();
    }
    others(told.size());
    html.close("article");
  }

  private void oneCase(CaseResult one) {
    html.open("div", "class", "finding");
    html.open("h4").text(one.name() + " ");
    html.element(
            "span",
            one.verdict().word() + " after " + String.format(Locale.ROOT, "%.2f s", one.seconds()),
            "class",
            "quiet")
        .close("h4");
    one.reason().ifPresent(reason -> html.element("pre", reason, "class", "reason"));
    one.mismatch().ifPresent(this::mismatch);
    boolean isOfCalls = one.mismatch().flatMap(Mismatch::transcript).isPresent();
    one.repro().ifPresent(place -> repro(place, isOfCalls));
    html.close("div");
  }

  private void mismatch(Mismatch mismatch) {
    html.open("dl")
        .element("dt", "expected")
        .open("dd")
        .element("pre", mismatch.expected())
        .close("dd");
    html.element("dt", "observed")
        .open("dd")
        .element("pre", mismatch.observed(), "class", "observed")
        .close("dd");
    mismatch.hint().ifPresent(hint -> html.element("dt", "hint").element("dd", hint));
    mismatch
        .fixture()
        .ifPresent(fixture ->
            html.element("dt", "smallest tree")
                .open("dd")
                .element("pre", TreeText.of(fixture))
                .close("dd"));
    mismatch
        .script()
        .map(Script::toPseudoC)
        .ifPresent(code ->
            html.element("dt", "smallest script")
                .open("dd")
                .element("pre", code, "class", "code")
                .close("dd"));
    mismatch
        .transcript()
        .ifPresent(calls ->
            html.element("dt", "smallest sequence of calls")
                .open("dd")
                .element("pre", calls.text(), "class", "code")
                .close("dd"));
    html.close("dl");
  }

  private void repro(String directory, boolean isOfCalls) {
    html.open("p", "class", "repro")
        .text(
            isOfCalls
                ? "Replay against the store services at ADDR: "
                : "Replay against a directory DIR that shows the same tree: ");
    html.element("code", "sh " + directory + "/repro.sh " + (isOfCalls ? "ADDR" : "DIR"))
        .text(" · all of it again: ");
    html.element("code", "storeproof check … --rules " + result.rule().id() + " --seed " + seed)
        .close("p");
  }

  private void causes() {
    html.open("p", "class", "causes").element("b", "What usually causes it: ");
    html.text(String.join("; or ", result.rule().causes()) + ".").close("p");
  }

  private void others(int told) {
    int passed = result.cases().size() - told;
    if (passed > 0 && told > 0) {
      html.element(
          "p",
          passed + (passed == 1 ? " other case" : " other cases") + " of this rule passed.",
          "class",
          "quiet");
    }
  }
}
