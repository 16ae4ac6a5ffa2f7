package io.github.storeproof.conformance.json;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Writes a [Json] value. *Immutable.*
final class JsonPrinter {
  private JsonPrinter() {}

  /// Appends a value.
  ///
  /// @param lineBreak the line break with the indentation of the value
  static void print(Json value, StringBuilder out, String lineBreak) {
    switch (value) {
      case Json.Obj(Map<String, Json> members) ->
          block(
              out,
              lineBreak,
              "{}",
              members.entrySet().iterator(),
              member -> {
                quote(member.getKey(), out);
                out.append(": ");
                print(member.getValue(), out, lineBreak + "  ");
              });
      case Json.Arr(List<Json> items) ->
          block(out, lineBreak, "[]", items.iterator(), item -> print(item, out, lineBreak + "  "));
      case Json.Str(String text) -> quote(text, out);
      case Json.Num(String digits) -> out.append(digits);
      case Json.Bool(boolean flag) -> out.append(flag);
      case Json.Null() -> out.append("null");
    }
  }

  private static <T> void block(
      StringBuilder out, String lineBreak, String braces, Iterator<T> parts, Consumer<T> print) {
    if (!parts.hasNext()) {
      out.append(braces);
      return;
    }
    out.append(braces.charAt(0));
    while (parts.hasNext()) {
      out.append(lineBreak).append("  ");
      print.accept(parts.next());
      if (parts.hasNext()) {
        out.append(',');
      }
    }
    out.append(lineBreak).append(braces.charAt(1));
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        default -> {
          boolean plain = c >= 0x20 && c != 0x7F && !Character.isSurrogate(c);
          out.append(plain ? String.valueOf(c) : "\\u%04x".formatted((int) c));
        }
      }
    }
    out.append('"');
  }
}
