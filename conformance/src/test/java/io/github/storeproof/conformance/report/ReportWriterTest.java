package io.github.storeproof.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.conformance.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ReportWriterTest {
  @TempDir(cleanup = CleanupMode.ALWAYS)
  private Path directory;

  @Test
  void theJsonReportFollowsItsContract() throws IOException {
    ReportWriter.write(Reports.mixed(), directory, false);
    Json.Obj report = Json.parse(Files.readString(directory.resolve("report.json"))).asObject();
    assertThat(report.members().keySet())
        .containsExactly(
            "kit", "target", "environment", "startedAt", "durationSeconds", "summary", "rules");
    assertThat(report.get("kit").asObject().members().keySet()).containsExactly("version", "seed");
    assertThat(report.get("target").asObject().get("features").asObject().get("list-root"))
        .isEqualTo(new Json.Bool(false));
    assertThat(report.get("summary").asObject().members().keySet())
        .containsExactly("passed", "failed", "skipped", "known", "unexpectedPass", "error");
    assertThat(report.get("summary").asObject().get("failed").asNumber()).isEqualTo(1);
    Json.Obj rule = rule(report, "DIR-1");
    assertThat(rule.members().keySet())
        .containsExactly("id", "level", "statement", "verdict", "cases");
    assertThat(rule.get("verdict").asText()).isEqualTo("failed");
    Json.Obj one = rule.get("cases").asArray().getFirst().asObject();
    assertThat(one.members().keySet())
        .containsExactly("id", "verdict", "seconds", "reason", "expected", "observed", "repro");
    assertThat(one.get("repro").asText()).isEqualTo("repro/DIR-1/buffers-of-every-size");
    assertThat(rule(report, "OVL-1").get("verdict").asText()).isEqualTo("untested");
  }

  private static Json.Obj rule(Json.Obj report, String id) {
    return report.get("rules").asArray().stream()
        .map(Json::asObject)
        .filter(rule -> rule.get("id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theJunitReportIsXmlWithAllCases() throws Exception {
    Report report = ReportWriter.write(Reports.mixed(), directory, false);
    Document xml =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new InputSource(
                    new StringReader(Files.readString(directory.resolve("junit.xml")))));
    Element root = xml.getDocumentElement();
    assertThat(root.getAttribute("tests")).isEqualTo(String.valueOf(report.cases().count()));
    assertThat(root.getAttribute("failures")).isEqualTo("2");
    assertThat(root.getAttribute("errors")).isEqualTo("1");
    assertThat(xml.getElementsByTagName("failure").getLength()).isEqualTo(2);
    assertThat(xml.getElementsByTagName("skipped").getLength()).isEqualTo(3);
    assertThat(xml.getElementsByTagName("testcase").getLength())
        .isEqualTo((int) report.cases().count());
    assertThat(
            xml.getElementsByTagName("failure").item(0).getTextContent()
                + xml.getElementsByTagName("failure").item(1).getTextContent())
        .contains("getdents64 buffers of 128 bytes");
  }

  @Test
  void theHtmlReportIsOneFileInWhichEveryTextIsEscaped() throws IOException {
    ReportWriter.write(Reports.mixed(), directory, false);
    String html = Files.readString(directory.resolve("report.html"));
    assertThat(html)
        .contains("does not conform")
        .contains("&lt;missing&gt;")
        .contains("sh repro/DIR-1/buffers-of-every-size/repro.sh DIR")
        .contains("the target does not claim list-root")
        .doesNotContain("<missing>")
        .doesNotContain("http://")
        .doesNotContain("https://")
        .doesNotContain("src=");
    assertThat(unbalanced(html)).isEmpty();
  }

  /// Elements that are opened and not closed in their order.
  private static List<String> unbalanced(String html) {
    List<String> open = new ArrayList<>();
    var tags = java.util.regex.Pattern.compile("<(/?)([a-z0-9]+)[^>]*>").matcher(html);
    while (tags.find()) {
      String tag = tags.group(2);
      if (tags.group(1).isEmpty()) {
        if (!List.of("meta", "input").contains(tag)) {
          open.add(tag);
        }
      } else if (open.isEmpty() || !open.removeLast().equals(tag)) {
        return List.of("</" + tag + "> at " + tags.start());
      }
    }
    return open;
  }

  @Test
  void aFailureCanBeReplayedFromItsDirectory() throws IOException, InterruptedException {
    ReportWriter.write(Reports.mixed(), directory, false);
    Path repro = directory.resolve("repro/DIR-1/buffers-of-every-size");
    assertThat(repro.resolve("script.txt")).isRegularFile();
    assertThat(repro.resolve("script.json")).isRegularFile();
    assertThat(repro.resolve("repro.py")).isRegularFile();
    assertThat(repro.resolve("tree")).isDirectory();
    assertThat(Files.readString(repro.resolve("README.txt"))).contains("seed 42");
    Process replay =
        new ProcessBuilder("sh", "repro.sh", "tree")
            .directory(repro.toFile())
            .redirectErrorStream(true)
            .start();
    String output =
        new String(replay.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(replay.waitFor()).as(output).isZero();
    assertThat(output).contains("expected: the names of the 3 entries").contains("open");
  }

  @Test
  void anEarlierRunsReproductionsAreRemoved() throws IOException {
    ReportWriter.write(Reports.mixed(), directory, false);
    ReportWriter.write(
        Reports.of(
            Reports.result(
                "ATTR-1/a", io.github.storeproof.conformance.rule.Level.MUST, Verdict.PASSED)),
        directory,
        false);
    assertThat(directory.resolve("repro")).doesNotExist();
  }

  @Test
  void severalReportsAreOneMatrix() {
    MatrixHtml.Column mixed = MatrixHtml.Column.of(JsonReport.of(Reports.mixed()));
    String html = MatrixHtml.of(List.of(mixed, mixed));
    assertThat(html)
        .contains("data-failed=\"true\"")
        .contains("data-differs=\"false\"")
        .contains("toyfs");
    assertThat(unbalanced(html.replaceAll("(?s)<script>.*</script>", ""))).isEmpty();
  }
}
