package io.github.storeproof.conformance.prober.frame;

import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Call;
import io.github.storeproof.conformance.prober.Script;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Scripts as bytes: a letter for each kind of call, then its fields in their order; arguments by [ArgCodec]. Big-endian.
public final class ScriptCodec {
  private static final int MAX_DEPTH = 8;

  private ScriptCodec() {}

  /// Returns the script as bytes.
  public static byte[] encode(Script script) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(new DataOutputStream(bytes), script);
    return bytes.toByteArray();
  }

  /// Reads what [#encode] wrote.
  ///
  /// @throws IOException if the bytes are no script
  public static Script decode(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    Script script = readWhole(in, bytes.length);
    if (in.available() > 0) {
      throw new IOException(in.available() + " bytes after the script");
    }
    return script;
  }

  private static Script readWhole(DataInputStream in, int lengthBytes) throws IOException {
    try {
      return read(in, 0);
    } catch (EOFException e) {
      throw new IOException("script ends in the middle, after " + lengthBytes + " bytes", e);
    }
  }

  private static void write(DataOutputStream out, Script script) throws IOException {
    out.writeInt(script.calls().size());
    for (Call call : script.calls()) {
      write(out, call);
    }
  }

  private static void write(DataOutputStream out, Call call) throws IOException {
    switch (call) {
      case Call.Syscall(String name, List<Arg> args) -> {
        out.writeByte('s');
        out.writeUTF(name);
        ArgCodec.writeAll(out, args);
      }
      case Call.ReadAll(Arg fd, int bufferBytes, int headBytes) -> {
        out.writeByte('r');
        ArgCodec.write(out, fd);
        out.writeInt(bufferBytes);
        out.writeInt(headBytes);
      }
      case Call.ListAll(Arg fd, int bufferBytes, int maxCalls) -> {
        out.writeByte('l');
        ArgCodec.write(out, fd);
        out.writeInt(bufferBytes);
        out.writeInt(maxCalls);
      }
      case Call.MapRead(Arg fd, int lengthBytes, long offsetBytes, int mapFlags) -> {
        out.writeByte('m');
        ArgCodec.write(out, fd);
        out.writeInt(lengthBytes);
        out.writeLong(offsetBytes);
        out.writeInt(mapFlags);
      }
      case Call.Peek(Arg address, long offsetBytes, int lengthBytes) -> {
        out.writeByte('k');
        ArgCodec.write(out, address);
        out.writeLong(offsetBytes);
        out.writeInt(lengthBytes);
      }
      case Call.Poll(Arg fd, int events, int timeoutMillis) -> {
        out.writeByte('w');
        ArgCodec.write(out, fd);
        out.writeInt(events);
        out.writeInt(timeoutMillis);
      }
      case Call.RingReads(Arg fd, List<Call.Range> ranges) -> {
        out.writeByte('g');
        ArgCodec.write(out, fd);
        out.writeInt(ranges.size());
        for (Call.Range range : ranges) {
          out.writeLong(range.offsetBytes());
          out.writeInt(range.lengthBytes());
        }
      }
      case Call.Spawn _, Call.Parallel _, Call.AsUser _, Call.OtherProcess _ ->
          writeNesting(out, call);
      case Call.PassDescriptor(Arg fd) -> {
        out.writeByte('h');
        ArgCodec.write(out, fd);
      }
      case Call.SignalServer(long processId, int signal, int limitMillis) -> {
        out.writeByte('n');
        out.writeLong(processId);
        out.writeInt(signal);
        out.writeInt(limitMillis);
      }
      case Call.DropCaches _ -> out.writeByte('d');
      case Call.RestoreCwd _ -> out.writeByte('c');
      case Call.Sleep(int millis) -> {
        out.writeByte('z');
        out.writeInt(millis);
      }
    }
  }

  private static void writeNesting(DataOutputStream out, Call call) throws IOException {
    if (call instanceof Call.Spawn(Arg program, List<Arg> argv, List<Bytes> environment)) {
      out.writeByte('x');
      ArgCodec.write(out, program);
      ArgCodec.writeAll(out, argv);
      out.writeInt(environment.size());
      for (Bytes variable : environment) {
        ArgCodec.writeBytes(out, variable);
      }
    } else if (call instanceof Call.Parallel(List<Script> threads, int rounds)) {
      out.writeByte('p');
      out.writeInt(rounds);
      out.writeInt(threads.size());
      for (Script thread : threads) {
        write(out, thread);
      }
    } else if (call instanceof Call.AsUser(int uid, int gid, Script script)) {
      out.writeByte('u');
      out.writeInt(uid);
      out.writeInt(gid);
      write(out, script);
    } else if (call instanceof Call.OtherProcess(Script script)) {
      out.writeByte('o');
      write(out, script);
    }
  }

  private static Script read(DataInputStream in, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new IOException("scripts nested deeper than " + MAX_DEPTH);
    }
    int count = ArgCodec.readCount(in);
    List<Call> calls = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      calls.add(readCall(in, depth));
    }
    return new Script(calls);
  }

  private static Call readCall(DataInputStream in, int depth) throws IOException {
    int kind = in.readUnsignedByte();
    return switch (kind) {
      case 's' -> new Call.Syscall(in.readUTF(), ArgCodec.readAll(in));
      case 'r' -> new Call.ReadAll(ArgCodec.read(in), in.readInt(), in.readInt());
      case 'l' -> new Call.ListAll(ArgCodec.read(in), in.readInt(), in.readInt());
      case 'm' -> new Call.MapRead(ArgCodec.read(in), in.readInt(), in.readLong(), in.readInt());
      case 'k' -> new Call.Peek(ArgCodec.read(in), in.readLong(), in.readInt());
      case 'w' -> new Call.Poll(ArgCodec.read(in), in.readInt(), in.readInt());
      case 'g' -> new Call.RingReads(ArgCodec.read(in), readRanges(in));
      case 'x' -> new Call.Spawn(ArgCodec.read(in), ArgCodec.readAll(in), readEnvironment(in));
      case 'p' -> readParallel(in, depth);
      case 'u' -> new Call.AsUser(in.readInt(), in.readInt(), read(in, depth + 1));
      case 'o' -> new Call.OtherProcess(read(in, depth + 1));
      case 'h' -> new Call.PassDescriptor(ArgCodec.read(in));
      case 'n' -> new Call.SignalServer(in.readLong(), in.readInt(), in.readInt());
      case 'd' -> new Call.DropCaches();
      case 'c' -> new Call.RestoreCwd();
      case 'z' -> new Call.Sleep(in.readInt());
      default -> throw new IOException("call of kind " + kind);
    };
  }

  private static List<Call.Range> readRanges(DataInputStream in) throws IOException {
    int count = ArgCodec.readCount(in);
    List<Call.Range> ranges = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      ranges.add(new Call.Range(in.readLong(), in.readInt()));
    }
    return ranges;
  }

  private static List<Bytes> readEnvironment(DataInputStream in) throws IOException {
    int count = ArgCodec.readCount(in);
    List<Bytes> environment = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      environment.add(ArgCodec.readBytes(in));
    }
    return environment;
  }

  private static Call readParallel(DataInputStream in, int depth) throws IOException {
    int rounds = in.readInt();
    int count = ArgCodec.readCount(in);
    List<Script> threads = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      threads.add(read(in, depth + 1));
    }
    return new Call.Parallel(threads, rounds);
  }
}
