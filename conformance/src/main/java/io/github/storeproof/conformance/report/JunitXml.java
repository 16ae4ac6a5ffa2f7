package io.github.storeproof.conformance.report;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// `junit.xml`: the report for the viewers of CI systems; a suite for each group of rules, a test
/// for each case. *Immutable.*
public final class JunitXml {
  private final XMLStreamWriter xml;

  private JunitXml(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /// The report as XML.
  public static String of(Report report) {
    StringWriter text = new StringWriter();
    try {
      new JunitXml(XMLOutputFactory.newFactory().createXMLStreamWriter(text)).write(report);
    } catch (XMLStreamException e) {
      throw new IllegalStateException("cannot write XML into memory", e);
    }
    return text.toString();
  }

  private void write(Report report) throws XMLStreamException {
    List<CaseResult> all = report.cases().toList();
    xml.writeStartDocument("UTF-8", "1.0");
    line();
    xml.writeStartElement("testsuites");
    attribute("name", "storeproof " + report.targetName());
    counts(all);
    List<String> groups =
        report.rules().stream().map(result -> result.rule().group()).distinct().toList();
    for (String group : groups) {
      List<CaseResult> cases =
          report.rules().stream()
              .filter(r -> r.rule().group().equals(group))
              .flatMap(r -> r.cases().stream())
              .toList();
      if (!cases.isEmpty()) {
        suite(group, report, cases);
      }
    }
    line();
    xml.writeEndElement();
    line();
    xml.writeEndDocument();
  }

  private void suite(String group, Report report, List<CaseResult> cases)
      throws XMLStreamException {
    line();
    xml.writeStartElement("testsuite");
    attribute("name", group);
    attribute(
        "timestamp",
        report.startedAt().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString());
    counts(cases);
    for (CaseResult one : cases) {
      test(report.targetName() + "." + one.ruleId(), one);
    }
    line();
    xml.writeEndElement();
  }

  private void counts(List<CaseResult> cases) throws XMLStreamException {
    attribute("tests", String.valueOf(cases.size()));
    attribute("failures", count(cases, Verdict.FAILED, Verdict.UNEXPECTED_PASS));
    attribute("errors", count(cases, Verdict.ERROR));
    attribute("skipped", count(cases, Verdict.SKIPPED, Verdict.KNOWN));
    attribute("time", seconds(cases.stream().mapToDouble(CaseResult::seconds).sum()));
  }

  private static String count(List<CaseResult> cases, Verdict... verdicts) {
    return String.valueOf(
        cases.stream().filter(one -> List.of(verdicts).contains(one.verdict())).count());
  }

  private void test(String className, CaseResult one) throws XMLStreamException {
    line();
    xml.writeStartElement("testcase");
    attribute("name", one.name());
    attribute("classname", className);
    attribute("time", seconds(one.seconds()));
    String reason = one.reason().orElse("");
    switch (one.verdict()) {
      case PASSED, UNTESTED -> {}
      case SKIPPED -> outcome("skipped", reason, "");
      case KNOWN -> outcome("skipped", "known failure: " + reason, "");
      case FAILED ->
          outcome(
              "failure",
              one.mismatch().map(m -> "observed " + m.observed()).orElse(reason),
              block(one));
      case UNEXPECTED_PASS -> outcome("failure", reason, "");
      case ERROR -> outcome("error", reason, "");
    }
    xml.writeEndElement();
  }

  private static String block(CaseResult one) {
    return one.mismatch().map(Object::toString).orElse("");
  }

  private void outcome(String element, String message, String text) throws XMLStreamException {
    xml.writeStartElement(element);
    attribute("message", message);
    xml.writeCharacters(legal(text));
    xml.writeEndElement();
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, legal(value));
  }

  private void line() throws XMLStreamException {
    xml.writeCharacters("\n");
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }

  /// XML 1.0 has no place for most control characters and for half surrogates, not even escaped.
  private static String legal(String text) {
    StringBuilder legal = new StringBuilder();
    text.codePoints().map(c -> isLegal(c) ? c : 0xFFFD).forEach(legal::appendCodePoint);
    return legal.toString();
  }

  private static boolean isLegal(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
