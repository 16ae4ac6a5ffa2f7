package io.github.storeproof.conformance.prober;

import io.github.storeproof.conformance.prober.wire.Dirent;
import io.github.storeproof.conformance.prober.wire.Stat;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/// Observations as lines of text; the runtime of the generated Python program (`replay.py`) writes the same.
final class ObservationText {
  private static final int DATA_BYTES = 32;
  private static final int LISTED_NAMES = 8;

  private ObservationText() {}

  static List<String> lines(Observations observations) {
    List<String> lines = new ArrayList<>();
    append(lines, "", observations);
    return lines;
  }

  private static void append(List<String> lines, String prefix, Observations observations) {
    for (int index = 0; index < observations.calls().size(); index++) {
      Observation observation = observations.at(index);
      lines.add(prefix + index + " " + name(observation.call()) + " " + line(observation));
      for (int thread = 0; thread < observation.threads().size(); thread++) {
        append(
            lines, prefix + index + "." + thread + ".", observation.threads().get(thread).first());
      }
    }
  }

  static String name(Call call) {
    return switch (call) {
      case Call.Syscall(String name, _) -> name;
      case Call.ReadAll _ -> "read_all";
      case Call.ListAll _ -> "list_all";
      case Call.MapRead _ -> "map_read";
      case Call.Peek _ -> "peek";
      case Call.Poll _ -> "poll";
      case Call.RingReads _ -> "ring_reads";
      case Call.Spawn _ -> "spawn";
      case Call.Parallel _ -> "parallel";
      case Call.AsUser _ -> "as_user";
      case Call.OtherProcess _ -> "other_process";
      case Call.PassDescriptor _ -> "pass_descriptor";
      case Call.SignalServer _ -> "signal_server";
      case Call.DropCaches _ -> "drop_caches";
      case Call.RestoreCwd _ -> "restore_cwd";
      case Call.Sleep _ -> "sleep";
    };
  }

  static String line(Observation observation) {
    String result = result(observation);
    if (observation.call() instanceof Call.ReadAll) {
      ReadAll all = observation.readAll();
      return result
          + " length="
          + all.lengthBytes()
          + " crc32=%08x".formatted(all.crc32())
          + " reads="
          + all.readsBytes();
    }
    if (!observation.ok() && observation.outs().isEmpty()) {
      return result;
    }
    return switch (observation.call()) {
      case Call.Syscall(String name, _) -> result + syscallData(name, observation.outs());
      case Call.ListAll _ ->
          result + " calls=" + observation.outs().size() + entries(observation.outs());
      case Call.Spawn _ -> result + " " + observation.exit();
      case Call.MapRead _, Call.Peek _, Call.Poll _, Call.RingReads _ ->
          result + data(observation.outs());
      case Call.ReadAll _, Call.Parallel _, Call.AsUser _, Call.OtherProcess _ -> result;
      case Call.PassDescriptor _, Call.SignalServer _ -> result;
      case Call.DropCaches _, Call.RestoreCwd _, Call.Sleep _ -> result;
    };
  }

  private static String result(Observation observation) {
    if (!observation.ok()) {
      return "= -1 " + observation.errno().name();
    }
    return observation.call().resultIsArbitrary() ? "= ok" : "= " + observation.result();
  }

  private static String syscallData(String name, List<Bytes> outs) {
    return switch (name) {
      case "newfstatat", "fstat" ->
          attributes(Stat.decode(outs.getFirst().toArray(), Machine.current()));
      case "statx", "statfs", "fstatfs", "pipe2", "socketpair" -> "";
      case "getdents64" -> entries(outs);
      default -> data(outs);
    };
  }

  private static String attributes(Stat stat) {
    return " mode=0%o nlink=%d uid=%d gid=%d size=%d blocks=%d mtime=%s"
        .formatted(
            stat.mode(),
            stat.nlink(),
            stat.uid(),
            stat.gid(),
            stat.size(),
            stat.blocks(),
            stat.mtime());
  }

  private static String entries(List<Bytes> blocks) {
    List<Dirent> entries =
        blocks.stream().flatMap(block -> Dirent.decodeAll(block.toArray()).stream()).toList();
    StringBuilder text = new StringBuilder(" entries=").append(entries.size());
    for (Dirent entry : entries.subList(0, Math.min(LISTED_NAMES, entries.size()))) {
      text.append(' ').append(Escapes.quote(entry.name().toArray(), DATA_BYTES));
    }
    return entries.size() > LISTED_NAMES ? text + " …" : text.toString();
  }

  private static String data(List<Bytes> outs) {
    StringBuilder text = new StringBuilder();
    for (Bytes out : outs) {
      text.append(' ').append(Escapes.quote(out.toArray(), DATA_BYTES));
      if (out.length() > DATA_BYTES) {
        text.append(" length=").append(out.length()).append(" crc32=%08x".formatted(crc32(out)));
      }
    }
    return text.toString();
  }

  private static long crc32(Bytes bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes.toArray());
    return crc.getValue();
  }
}
