package io.github.storeproof.conformance.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads one [Json] value (RFC 8259). *Confined.*
final class JsonParser {
  private static final int MAX_DEPTH = 200;

  private final String text;
  private int at;
  private int depth;

  JsonParser(String text) {
    this.text = text;
  }

  /// The value that is the whole text.
  Json whole() {
    Json value = value();
    skipSpace();
    if (at != text.length()) {
      throw error("the end");
    }
    return value;
  }

  private Json value() {
    skipSpace();
    if (++depth > MAX_DEPTH) {
      throw error("at most " + MAX_DEPTH + " levels");
    }
    Json value =
        switch (peek()) {
          case '{' -> object();
          case '[' -> array();
          case '"' -> new Json.Str(string());
          case 't' -> word("true", new Json.Bool(true));
          case 'f' -> word("false", new Json.Bool(false));
          case 'n' -> word("null", new Json.Null());
          default -> number();
        };
    depth--;
    return value;
  }

  private Json object() {
    Map<String, Json> members = new LinkedHashMap<>();
    at++;
    skipSpace();
    while (peek() != '}') {
      skipSpace();
      String key = string();
      skipSpace();
      expect(':');
      if (members.put(key, value()) != null) {
        throw error("'" + key + "' only once");
      }
      more('}');
    }
    at++;
    return new Json.Obj(members);
  }

  private Json array() {
    List<Json> items = new ArrayList<>();
    at++;
    skipSpace();
    while (peek() != ']') {
      items.add(value());
      more(']');
    }
    at++;
    return new Json.Arr(items);
  }

  /// Steps over a comma that another part follows.
  private void more(char end) {
    skipSpace();
    if (peek() != end) {
      expect(',');
      skipSpace();
      if (peek() == end) {
        throw error("a value after the comma");
      }
    }
  }

  private String string() {
    expect('"');
    StringBuilder out = new StringBuilder();
    while (peek() != '"') {
      char c = next();
      if (c < 0x20) {
        throw error("no control character in a text");
      }
      out.append(c == '\\' ? escaped() : c);
    }
    at++;
    return out.toString();
  }

  private char escaped() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> unicode();
      default -> throw error("an escape");
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(next(), 16);
      if (digit < 0) {
        throw error("four hex digits");
      }
      code = code * 16 + digit;
    }
    return (char) code;
  }

  private Json number() {
    int start = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String digits = text.substring(start, at);
    if (!digits.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
      at = start;
      throw error("a value");
    }
    return new Json.Num(digits);
  }

  private Json word(String word, Json value) {
    if (!text.startsWith(word, at)) {
      throw error(word);
    }
    at += word.length();
    return value;
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw error("'" + wanted + "'");
    }
    at++;
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }

  private char peek() {
    if (at >= text.length()) {
      throw error("more text");
    }
    return text.charAt(at);
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private IllegalArgumentException error(String want) {
    return new IllegalArgumentException("JSON at character " + at + ": want " + want);
  }
}
