package io.github.storeproof.conformance.prober.render;

import io.github.storeproof.conformance.json.Json;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Arguments as JSON: objects whose member `arg` names their kind; a number without a symbol is a number.
final class JsonArg {
  private JsonArg() {}

  static Json toJson(List<Arg> args) {
    return Json.arrayOf(args, JsonArg::toJson);
  }

  static Json toJson(Bytes bytes) {
    return Json.of(new String(bytes.toArray(), StandardCharsets.ISO_8859_1));
  }

  static Json toJson(Arg arg) {
    return switch (arg) {
      case Arg.Num(long value, String symbol) ->
          symbol.isEmpty()
              ? Json.of(value)
              : kind("number").put("value", value).put("symbol", symbol).build();
      case Arg.OpenFlags(int flags) -> kind("openFlags").put("flags", flags).build();
      case Arg.CString(Bytes value) -> kind("raw").put("value", toJson(value)).build();
      case Arg.RootPath(Bytes relative) -> kind("path").put("value", toJson(relative)).build();
      case Arg.RootDir _ -> kind("rootDir").build();
      case Arg.Result(Arg.Ref ref) -> reference("result", ref).build();
      case Arg.OutInt(Arg.Ref ref, int out, int offset) ->
          reference("outInt", ref).put("out", out).put("offset", offset).build();
      case Arg.OutBytes(Arg.Ref ref, int out) -> reference("outBytes", ref).put("out", out).build();
      case Arg.DirentOffset(Arg.Ref ref, int entry) ->
          reference("direntOffset", ref).put("entry", entry).build();
      case Arg.Out(int size, boolean resultIsLength) ->
          kind("out")
              .put("size", size)
              .put("resultIsLength", new Json.Bool(resultIsLength))
              .build();
      case Arg.OutVector(List<Integer> sizes) ->
          kind("outVector").put("sizes", Json.arrayOf(sizes, Json::of)).build();
      case Arg.In(Bytes value) -> kind("in").put("value", toJson(value)).build();
      case Arg.InOut(Bytes initial) -> kind("inOut").put("value", toJson(initial)).build();
    };
  }

  private static Json.Builder kind(String kind) {
    return Json.object().put("arg", kind);
  }

  private static Json.Builder reference(String kind, Arg.Ref ref) {
    return kind(kind).put("of", ref.callIndex()).put("levelsUp", ref.levelsUp());
  }

  static List<Arg> args(Json json) {
    return json.asArray().stream().map(JsonArg::arg).toList();
  }

  static Arg arg(Json json) {
    if (json instanceof Json.Num(String digits)) {
      return Arg.num(Long.parseLong(digits));
    }
    Json.Obj object = json.asObject();
    String kind = object.get("arg").asText();
    return switch (kind) {
      case "number" -> new Arg.Num(longNumber(object, "value"), object.get("symbol").asText());
      case "openFlags" -> new Arg.OpenFlags(number(object, "flags"));
      case "raw" -> new Arg.CString(bytes(object.get("value")));
      case "path" -> new Arg.RootPath(bytes(object.get("value")));
      case "rootDir" -> new Arg.RootDir();
      case "result" -> new Arg.Result(reference(object));
      case "outInt" ->
          new Arg.OutInt(reference(object), number(object, "out"), number(object, "offset"));
      case "outBytes" -> new Arg.OutBytes(reference(object), number(object, "out"));
      case "direntOffset" -> new Arg.DirentOffset(reference(object), number(object, "entry"));
      case "out" ->
          new Arg.Out(
              number(object, "size"), object.get("resultIsLength").equals(new Json.Bool(true)));
      case "outVector" ->
          new Arg.OutVector(
              object.get("sizes").asArray().stream().map(size -> (int) size.asNumber()).toList());
      case "in" -> new Arg.In(bytes(object.get("value")));
      case "inOut" -> new Arg.InOut(bytes(object.get("value")));
      default -> throw new IllegalArgumentException("argument of kind '" + kind + "'");
    };
  }

  static Bytes bytes(Json json) {
    return Bytes.wrap(json.asText().getBytes(StandardCharsets.ISO_8859_1));
  }

  static int number(Json.Obj json, String key) {
    return Math.toIntExact(longNumber(json, key));
  }

  /// Through the digits: a double would round the last ones of a file offset.
  static long longNumber(Json.Obj json, String key) {
    if (json.get(key) instanceof Json.Num(String digits)) {
      return Long.parseLong(digits);
    }
    throw new IllegalArgumentException("member '" + key + "' is no number");
  }

  private static Arg.Ref reference(Json.Obj json) {
    return new Arg.Ref(number(json, "of"), number(json, "levelsUp"));
  }
}
