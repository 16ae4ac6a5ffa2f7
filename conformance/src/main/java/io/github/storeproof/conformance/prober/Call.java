package io.github.storeproof.conformance.prober;

import java.util.List;

/// One step of a [Script]: a system call, or a small program of calls that the child makes on its own. Immutable.
public sealed interface Call {
  /// A raw system call by its name on x86-64 and aarch64 (`openat`, `newfstatat`), at most 6 arguments.
  record Syscall(String name, List<Arg> args) implements Call {
    /// Refuses unknown names and more than 6 arguments.
    public Syscall {
      args = List.copyOf(args);
      if (args.size() > 6) {
        throw new IllegalArgumentException(
            name + " with " + args.size() + " arguments, want at most 6");
      }
      Syscalls.requireKnown(name);
    }
  }

  /// read(2) with one buffer until 0 or an error. Result: the number of bytes, or -1; see [Observation#readAll].
  record ReadAll(Arg fd, int bufferBytes, int headBytes) implements Call {
    /// Refuses sizes outside the bounds of [Arg#MAX_BUFFER_BYTES].
    public ReadAll {
      checkRange("read buffer", bufferBytes, 1, Arg.MAX_BUFFER_BYTES);
      checkRange("head", headBytes, 0, Arg.MAX_BUFFER_BYTES);
    }
  }

  /// getdents64 with one buffer until 0, an error or `maxCalls`. Result: that of the last call. Outputs: one for each call that gave entries.
  record ListAll(Arg fd, int bufferBytes, int maxCalls) implements Call {
    /// Refuses an empty buffer size range and less than one call.
    public ListAll {
      checkRange("listing buffer", bufferBytes, 0, Arg.MAX_BUFFER_BYTES);
      checkRange("maxCalls", maxCalls, 1, Integer.MAX_VALUE);
    }
  }

  /// mmap of a part of a file, a read of every byte of it, munmap. Result: the length, or -1 with the errno of mmap, or with EFAULT where an access would
  /// have raised SIGBUS; the output is what was readable before.
  record MapRead(Arg fd, int lengthBytes, long offsetBytes, int mapFlags) implements Call {
    /// Refuses lengths outside the bounds of [Arg#MAX_BUFFER_BYTES].
    public MapRead {
      checkRange("mapping", lengthBytes, 0, Arg.MAX_BUFFER_BYTES);
    }
  }

  /// A read of memory that a raw mmap returned, as in [MapRead].
  record Peek(Arg address, long offsetBytes, int lengthBytes) implements Call {
    /// Refuses lengths outside the bounds of [Arg#MAX_BUFFER_BYTES].
    public Peek {
      checkRange("peek", lengthBytes, 0, Arg.MAX_BUFFER_BYTES);
    }
  }

  /// ppoll of one descriptor. Output: its `struct pollfd` afterwards.
  record Poll(Arg fd, int events, int timeoutMillis) implements Call {}

  /// Reads by io_uring, all submitted at once. Result: the number of reads that came to an end, or -1 with the errno of io_uring_setup. Outputs: what each read
  /// returned, 4 bytes each, then what each one read; see [Observation#ringResult].
  record RingReads(Arg fd, List<Range> ranges) implements Call {
    /// How many reads one ring takes.
    public static final int MAX_READS = 64;

    /// Refuses more than [#MAX_READS] reads, and none.
    public RingReads {
      ranges = List.copyOf(ranges);
      checkRange("reads", ranges.size(), 1, MAX_READS);
    }
  }

  /// A part of a file.
  record Range(long offsetBytes, int lengthBytes) {
    /// Refuses lengths outside the bounds of [Arg#MAX_BUFFER_BYTES].
    public Range {
      checkRange("read", lengthBytes, 0, Arg.MAX_BUFFER_BYTES);
    }
  }

  /// Starts a program and waits for it. Result: 0, or -1 with the errno of execve; see [Observation#exit].
  record Spawn(Arg program, List<Arg> argv, List<Bytes> environment) implements Call {
    /// Copies the lists.
    public Spawn {
      argv = List.copyOf(argv);
      environment = List.copyOf(environment);
    }
  }

  /// Runs each script on its own thread, all at once, `rounds` times; see [Observation#threads]. Result: the number of threads.
  record Parallel(List<Script> threads, int rounds) implements Call {
    /// Refuses more than 256 threads and less than one round.
    public Parallel {
      threads = List.copyOf(threads);
      checkRange("threads", threads.size(), 0, 256);
      checkRange("rounds", rounds, 1, Integer.MAX_VALUE);
    }
  }

  /// Runs a script on a thread that has given up every other user, group and capability. Result: 0, or -1 when it could not.
  record AsUser(int uid, int gid, Script script) implements Call {}

  /// Runs a script in another process, which shares the open file descriptions of this one, as after fork(2). Result: 0.
  record OtherProcess(Script script) implements Call {}

  /// Sends a descriptor over a socket to the same process (`SCM_RIGHTS`). Result: the descriptor that arrives.
  record PassDescriptor(Arg fd) implements Call {}

  /// Sends a signal to the process that serves the mount and to its whole group, and waits until it has ended. Result: 0, or -1 with
  /// ETIMEDOUT when it is still there after the limit. A replay takes the process from `$SERVER_PID`.
  record SignalServer(long processId, int signal, int limitMillis) implements Call {
    /// Refuses what is no single process.
    public SignalServer {
      if (processId <= 1) {
        throw new IllegalArgumentException("process " + processId + ", want more than 1");
      }
    }
  }

  /// Makes the kernel drop clean pages, dentries and inodes. Result: 0, or -1 when it is not allowed.
  record DropCaches() implements Call {}

  /// Goes back to the working directory that the child started in. Happens at the end of each script by itself.
  record RestoreCwd() implements Call {}

  /// Waits.
  record Sleep(int millis) implements Call {
    /// Refuses negative times.
    public Sleep {
      checkRange("millis", millis, 0, Integer.MAX_VALUE);
    }
  }

  /// Returns true for calls whose result is a number of the prober, which says nothing about a target.
  default boolean resultIsArbitrary() {
    return this instanceof PassDescriptor
        || this instanceof Syscall(String name, _) && Syscalls.resultIsArbitrary(name);
  }

  /// Returns the arguments, in their order; without those of nested scripts.
  default List<Arg> args() {
    return CallParts.args(this);
  }

  /// Returns the scripts inside this call.
  default List<Script> nested() {
    return CallParts.nested(this);
  }

  private static void checkRange(String what, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(what + " is " + value + ", want " + min + ".." + max);
    }
  }
}
