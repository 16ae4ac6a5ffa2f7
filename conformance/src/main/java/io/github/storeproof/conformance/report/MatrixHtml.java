package io.github.storeproof.conformance.report;

import io.github.storeproof.conformance.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Several reports side by side: rules × targets, one file that needs nothing else. *Immutable.*
public final class MatrixHtml {
  private MatrixHtml() {}

  /// One `report.json`, as far as the matrix shows it.
  ///
  /// @param target the name of the target
  /// @param rules the rules by id, in their order
  public record Column(String target, Map<String, Cell> rules) {
    /// The column of a report.
    ///
    /// @throws IllegalArgumentException when it is no report
    public static Column of(Json report) {
      Json.Obj whole = report.asObject();
      Map<String, Cell> rules = new LinkedHashMap<>();
      for (Json rule : whole.get("rules").asArray()) {
        Json.Obj members = rule.asObject();
        rules.put(
            members.get("id").asText(),
            new Cell(
                members.get("verdict").asText(), members.get("statement").asText(), why(members)));
      }
      return new Column(whole.get("target").asObject().get("name").asText(), rules);
    }

    private static String why(Json.Obj rule) {
      StringBuilder why = new StringBuilder();
      for (Json one : rule.get("cases").asArray()) {
        one.asObject()
            .get("reason")
            .asOptionalText()
            .ifPresent(reason -> why.append(reason).append('\n'));
        one.asObject()
            .get("observed")
            .asOptionalText()
            .ifPresent(seen -> why.append("observed ").append(seen).append('\n'));
      }
      return why.toString();
    }
  }

  /// What a rule came to for a target.
  public record Cell(String verdict, String statement, String why) {}

  /// The page.
  public static String of(List<Column> columns) {
    Map<String, String> statements = new LinkedHashMap<>();
    columns.forEach(column ->
        column.rules().forEach((id, cell) -> statements.putIfAbsent(id, cell.statement())));
    Html html = new Html();
    html.open("header").open("div", "class", "brand").text("Storeproof").close("div");
    html.element("h1", "Matrix").close("header").open("main").open("section");
    filters(html);
    html.open("table", "class", "matrix")
        .open("thead")
        .open("tr")
        .element("th", "Rule")
        .element("th", "What it asks");
    columns.forEach(column -> html.element("th", column.target(), "class", "v"));
    html.close("tr").close("thead").open("tbody");
    statements.forEach((id, statement) -> row(html, id, statement, columns));
    html.close("tbody").close("table").close("section").close("main");
    return Html.page("Storeproof: matrix", html, Html.resource("matrix.js"));
  }

  private static void filters(Html html) {
    html.open("div", "class", "filters");
    html.open(
        "input",
        "type",
        "search",
        "id",
        "find",
        "placeholder",
        "rule or words of it",
        "aria-label",
        "filter");
    for (String choice : List.of("all rules", "where targets differ", "where one failed")) {
      html.open("label").open("input", "type", "radio", "name", "show", "value", choice);
      html.text(" " + choice).close("label");
    }
    html.close("div");
  }

  private static void row(Html html, String id, String statement, List<Column> columns) {
    List<String> verdicts =
        columns.stream()
            .map(column -> column.rules().containsKey(id) ? column.rules().get(id).verdict() : "–")
            .toList();
    html.open(
        "tr",
        "data-differs",
        String.valueOf(verdicts.stream().distinct().count() > 1),
        "data-failed",
        String.valueOf(verdicts.contains("failed")));
    html.open("td").element("code", id).close("td").element("td", statement);
    for (int i = 0; i < columns.size(); i++) {
      Cell cell = columns.get(i).rules().get(id);
      html.open("td", "class", "v");
      if (cell == null) {
        html.text("–");
      } else {
        html.element(
            "span",
            cell.verdict().replace('-', ' '),
            "class",
            "badge " + cell.verdict(),
            "title",
            cell.why());
      }
      html.close("td");
    }
    html.close("tr");
  }
}
