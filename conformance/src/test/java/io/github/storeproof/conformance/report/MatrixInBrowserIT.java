package io.github.storeproof.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Opens a matrix of two targets in headless Chromium and uses its filters:
///
/// | rule | first | second |
/// |---|---|---|
/// | DIR-1 | passed | failed |
/// | DIR-2 | passed | passed |
/// | READ-1 | failed | failed |
class MatrixInBrowserIT {
  private static final Pattern ROW = Pattern.compile("<tr ([^>]*)><td><code>([^<]*)</code>");

  @TempDir private Path directory;

  private static MatrixHtml.Column column(String name, String dir1) {
    return new MatrixHtml.Column(
        name,
        Map.of(
            "DIR-1", new MatrixHtml.Cell(dir1, "every entry is listed", ""),
            "DIR-2", new MatrixHtml.Cell("passed", "no entry is listed twice", ""),
            "READ-1", new MatrixHtml.Cell("failed", "bytes are those of the blob", "observed 7")));
  }

  /// The rules that are shown after a script has run in the page.
  private List<String> shownAfter(String script) throws IOException, InterruptedException {
    String page = MatrixHtml.of(List.of(column("first", "passed"), column("second", "failed")));
    assertThat(page).contains("</body>").doesNotContain("http://", "https://", "src=");
    Path file = directory.resolve("matrix.html");
    Files.writeString(file, page.replace("</body>", "<script>" + script + "</script></body>"));
    Process chromium =
        new ProcessBuilder(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + directory.resolve("profile"),
                "--dump-dom",
                file.toUri().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String dom = new String(chromium.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(chromium.waitFor()).isZero();
    Matcher rows = ROW.matcher(dom);
    return rows.results()
        .filter(row -> !row.group(1).contains("hidden"))
        .map(row -> row.group(2))
        .sorted()
        .toList();
  }

  private List<String> shownAfterTyping(String words) throws IOException, InterruptedException {
    return shownAfter("find.value = '" + words + "'; find.dispatchEvent(new Event('input'))");
  }

  @Test
  void allRulesAreShownAtFirst() throws Exception {
    assertThat(shownAfter("")).containsExactly("DIR-1", "DIR-2", "READ-1");
  }

  @Test
  void wordsFilterRules() throws Exception {
    assertThat(shownAfterTyping("dir-")).containsExactly("DIR-1", "DIR-2");
    assertThat(shownAfterTyping("twice")).containsExactly("DIR-2");
  }

  @Test
  void aClickShowsWhereTargetsDiffer() throws Exception {
    assertThat(shownAfter("choices[1].click()")).containsExactly("DIR-1");
  }

  @Test
  void aClickShowsWhereOneFailed() throws Exception {
    assertThat(shownAfter("choices[2].click()")).containsExactly("DIR-1", "READ-1");
  }
}
