package io.github.storeproof.conformance.prober.frame;

import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Call;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Machine;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Observations;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.ThreadRounds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Observations as bytes. The calls are not among them: the reader has the script.
///
/// For each call: result 8, errno 4, nanos 8, number of outputs 4, each with a 4-byte length; number of threads 4, each with
/// unkept 4, number of outcomes 4, each with times 4 and the observations of the nested script. Big-endian.
public final class ObservationCodec {
  private ObservationCodec() {}

  /// Returns the observations as bytes.
  public static byte[] encode(Observations observations) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    write(new DataOutputStream(bytes), observations);
    return bytes.toByteArray();
  }

  /// Reads what [#encode] wrote.
  ///
  /// @throws IOException if the bytes are no observations of this script
  public static Observations decode(byte[] bytes, Script script, Machine machine)
      throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    Observations observations = read(in, script, machine);
    if (in.available() > 0) {
      throw new IOException(in.available() + " bytes after the observations");
    }
    return observations;
  }

  private static void write(DataOutputStream out, Observations observations) throws IOException {
    out.writeInt(observations.calls().size());
    for (Observation observation : observations.calls()) {
      out.writeLong(observation.result());
      out.writeInt(observation.errno().number());
      out.writeLong(observation.nanos());
      out.writeInt(observation.outs().size());
      for (Bytes bytes : observation.outs()) {
        ArgCodec.writeBytes(out, bytes);
      }
      out.writeInt(observation.threads().size());
      for (ThreadRounds thread : observation.threads()) {
        write(out, thread);
      }
    }
  }

  private static void write(DataOutputStream out, ThreadRounds thread) throws IOException {
    out.writeInt(thread.unkept());
    out.writeInt(thread.distinct().size());
    for (int index = 0; index < thread.distinct().size(); index++) {
      out.writeInt(thread.times().get(index));
      write(out, thread.distinct().get(index));
    }
  }

  private static Observations read(DataInputStream in, Script script, Machine machine)
      throws IOException {
    int count = in.readInt();
    if (count != script.calls().size()) {
      throw new IOException(count + " observations, want " + script.calls().size());
    }
    List<Observation> calls = new ArrayList<>(count);
    for (Call call : script.calls()) {
      calls.add(read(in, call, machine));
    }
    return new Observations(machine, calls);
  }

  private static Observation read(DataInputStream in, Call call, Machine machine)
      throws IOException {
    long result = in.readLong();
    Errno errno = new Errno(in.readInt());
    long nanos = in.readLong();
    int outCount = ArgCodec.readCount(in);
    List<Bytes> outs = new ArrayList<>();
    for (int index = 0; index < outCount; index++) {
      outs.add(ArgCodec.readBytes(in));
    }
    int threadCount = ArgCodec.readCount(in);
    if (threadCount > call.nested().size()) {
      throw new IOException(
          threadCount + " threads observed, want at most " + call.nested().size());
    }
    List<ThreadRounds> threads = new ArrayList<>();
    for (int index = 0; index < threadCount; index++) {
      threads.add(readThread(in, call.nested().get(index), machine));
    }
    return new Observation(call, result, errno, outs, nanos, threads);
  }

  private static ThreadRounds readThread(DataInputStream in, Script script, Machine machine)
      throws IOException {
    int unkept = in.readInt();
    int count = ArgCodec.readCount(in);
    List<Observations> distinct = new ArrayList<>();
    List<Integer> times = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      times.add(in.readInt());
      distinct.add(read(in, script, machine));
    }
    return new ThreadRounds(distinct, times, unkept);
  }
}
