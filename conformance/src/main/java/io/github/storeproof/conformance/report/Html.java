package io.github.storeproof.conformance.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Builds HTML in which every text is escaped. *Confined.*
public final class Html {
  private final StringBuilder out = new StringBuilder();

  /// Nothing yet.
  public Html() {}

  /// A whole page with its style in it, which needs nothing from elsewhere.
  public static String page(String title, Html body, String script) {
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>%s</title>
    <style>
    %s</style>
    </head>
    <body>
    %s%s</body>
    </html>
    """
        .formatted(
            escaped(title),
            resource("report.css"),
            body.out,
            script.isEmpty() ? "" : "<script>\n" + script + "</script>\n");
  }

  /// A text file beside this class.
  static String resource(String name) {
    try (InputStream stream = Html.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is not beside " + Html.class.getName());
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  /// Opens an element.
  ///
  /// @param attributes names and values in turn
  public Html open(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ')
          .append(attributes[i])
          .append("=\"")
          .append(escaped(attributes[i + 1]))
          .append('"');
    }
    out.append('>');
    return this;
  }

  /// Closes an element.
  public Html close(String tag) {
    out.append("</").append(tag).append('>');
    if (!tag.equals("span") && !tag.equals("a") && !tag.equals("code") && !tag.equals("b")) {
      out.append('\n');
    }
    return this;
  }

  /// A text.
  public Html text(String text) {
    out.append(escaped(text));
    return this;
  }

  /// An element with a text in it.
  public Html element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close(tag);
  }

  /// A link to a place.
  public Html link(String to, String text, String... attributes) {
    String[] all = new String[attributes.length + 2];
    all[0] = "href";
    all[1] = to;
    System.arraycopy(attributes, 0, all, 2, attributes.length);
    return element("a", text, all);
  }

  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '&' -> safe.append("&amp;");
        case '"' -> safe.append("&quot;");
        default -> safe.append(c < 0x20 && c != '\n' && c != '\t' ? '\uFFFD' : c);
      }
    }
    return safe.toString();
  }
}
