package io.github.storeproof.conformance.prober.render;

import io.github.storeproof.conformance.json.Json;
import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Call;
import io.github.storeproof.conformance.prober.Script;
import java.util.List;

/// Scripts as JSON: an array of calls, each an object whose member `call` names its kind. Bytes are strings with one character for each byte, U+0000 to U+00FF.
public final class JsonScript {
  private JsonScript() {}

  /// Returns the script as JSON.
  public static String write(Script script) {
    return toJson(script).print();
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws IllegalArgumentException if the text is no script
  public static Script read(String json) {
    return script(Json.parse(json));
  }

  private static Json toJson(Script script) {
    return Json.arrayOf(script.calls(), JsonScript::toJson);
  }

  private static Json toJson(Call call) {
    Json.Builder object = Json.object();
    return switch (call) {
      case Call.Syscall(String name, var args) ->
          object.put("call", "syscall").put("name", name).put("args", JsonArg.toJson(args)).build();
      case Call.ReadAll(var fd, int buffer, int head) ->
          object
              .put("call", "readAll")
              .put("fd", JsonArg.toJson(fd))
              .put("buffer", buffer)
              .put("head", head)
              .build();
      case Call.ListAll(var fd, int buffer, int max) ->
          object
              .put("call", "listAll")
              .put("fd", JsonArg.toJson(fd))
              .put("buffer", buffer)
              .put("maxCalls", max)
              .build();
      case Call.MapRead mapRead -> toJson(mapRead);
      case Call.Peek(var address, long offset, int length) ->
          object
              .put("call", "peek")
              .put("address", JsonArg.toJson(address))
              .put("offset", offset)
              .put("length", length)
              .build();
      case Call.Poll(var fd, int events, int timeout) ->
          object
              .put("call", "poll")
              .put("fd", JsonArg.toJson(fd))
              .put("events", events)
              .put("timeout", timeout)
              .build();
      case Call.RingReads(var fd, List<Call.Range> ranges) ->
          object
              .put("call", "ringReads")
              .put("fd", JsonArg.toJson(fd))
              .put("ranges", Json.arrayOf(ranges, JsonScript::toJson))
              .build();
      case Call.Spawn spawn -> toJson(spawn);
      case Call.Parallel(List<Script> threads, int rounds) ->
          object
              .put("call", "parallel")
              .put("rounds", rounds)
              .put("threads", Json.arrayOf(threads, JsonScript::toJson))
              .build();
      case Call.AsUser(int uid, int gid, Script script) ->
          object
              .put("call", "asUser")
              .put("uid", uid)
              .put("gid", gid)
              .put("script", toJson(script))
              .build();
      case Call.OtherProcess(Script script) ->
          object.put("call", "otherProcess").put("script", toJson(script)).build();
      case Call.PassDescriptor(var fd) ->
          object.put("call", "passDescriptor").put("fd", JsonArg.toJson(fd)).build();
      case Call.SignalServer(long processId, int signal, int limitMillis) ->
          object
              .put("call", "signalServer")
              .put("process", processId)
              .put("signal", signal)
              .put("limit", limitMillis)
              .build();
      case Call.DropCaches _ -> object.put("call", "dropCaches").build();
      case Call.RestoreCwd _ -> object.put("call", "restoreCwd").build();
      case Call.Sleep(int millis) -> object.put("call", "sleep").put("millis", millis).build();
    };
  }

  private static Json toJson(Call.MapRead mapRead) {
    return Json.object()
        .put("call", "mapRead")
        .put("fd", JsonArg.toJson(mapRead.fd()))
        .put("length", mapRead.lengthBytes())
        .put("offset", mapRead.offsetBytes())
        .put("flags", mapRead.mapFlags())
        .build();
  }

  private static Json toJson(Call.Spawn spawn) {
    return Json.object()
        .put("call", "spawn")
        .put("program", JsonArg.toJson(spawn.program()))
        .put("argv", JsonArg.toJson(spawn.argv()))
        .put("environment", Json.arrayOf(spawn.environment(), JsonArg::toJson))
        .build();
  }

  private static Json toJson(Call.Range range) {
    return Json.object()
        .put("offset", range.offsetBytes())
        .put("length", range.lengthBytes())
        .build();
  }

  private static Call.Range range(Json json) {
    return new Call.Range(
        JsonArg.longNumber(json.asObject(), "offset"), JsonArg.number(json.asObject(), "length"));
  }

  private static Script script(Json json) {
    return new Script(json.asArray().stream().map(item -> call(item.asObject())).toList());
  }

  private static Call call(Json.Obj json) {
    String kind = json.get("call").asText();
    return switch (kind) {
      case "syscall" -> new Call.Syscall(json.get("name").asText(), JsonArg.args(json.get("args")));
      case "readAll" ->
          new Call.ReadAll(
              JsonArg.arg(json.get("fd")),
              JsonArg.number(json, "buffer"),
              JsonArg.number(json, "head"));
      case "listAll" ->
          new Call.ListAll(
              JsonArg.arg(json.get("fd")),
              JsonArg.number(json, "buffer"),
              JsonArg.number(json, "maxCalls"));
      case "mapRead" ->
          new Call.MapRead(
              JsonArg.arg(json.get("fd")),
              JsonArg.number(json, "length"),
              JsonArg.longNumber(json, "offset"),
              JsonArg.number(json, "flags"));
      case "peek" ->
          new Call.Peek(
              JsonArg.arg(json.get("address")),
              JsonArg.longNumber(json, "offset"),
              JsonArg.number(json, "length"));
      case "poll" ->
          new Call.Poll(
              JsonArg.arg(json.get("fd")),
              JsonArg.number(json, "events"),
              JsonArg.number(json, "timeout"));
      case "ringReads" ->
          new Call.RingReads(
              JsonArg.arg(json.get("fd")),
              json.get("ranges").asArray().stream().map(JsonScript::range).toList());
      case "spawn" ->
          new Call.Spawn(
              JsonArg.arg(json.get("program")),
              JsonArg.args(json.get("argv")),
              json.get("environment").asArray().stream().map(JsonArg::bytes).toList());
      case "parallel" ->
          new Call.Parallel(
              json.get("threads").asArray().stream().map(JsonScript::script).toList(),
              JsonArg.number(json, "rounds"));
      case "asUser" ->
          new Call.AsUser(
              JsonArg.number(json, "uid"), JsonArg.number(json, "gid"), script(json.get("script")));
      case "otherProcess" -> new Call.OtherProcess(script(json.get("script")));
      case "passDescriptor" -> new Call.PassDescriptor(JsonArg.arg(json.get("fd")));
      case "signalServer" ->
          new Call.SignalServer(
              JsonArg.longNumber(json, "process"),
              JsonArg.number(json, "signal"),
              JsonArg.number(json, "limit"));
      case "dropCaches" -> new Call.DropCaches();
      case "restoreCwd" -> new Call.RestoreCwd();
      case "sleep" -> new Call.Sleep(JsonArg.number(json, "millis"));
      default -> throw new IllegalArgumentException("call of kind '" + kind + "'");
    };
  }
}
