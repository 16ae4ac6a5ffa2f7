package io.github.storeproof.conformance.target;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The processes that serve a mount: a mount command that stays, and all that it has started in its session. A command may be
/// a shell or a wrapper, so what is counted is counted over all of them. *Thread-safe.*
public final class MountServer {
  private static final long PAGE_BYTES = 4096;
  private static final int SESSION_FIELD = 3;
  private static final int RESIDENT_FIELD = 1;

  private final CommandProcess command;

  MountServer(CommandProcess command) {
    this.command = command;
  }

  /// The process that does the work: the command, or the one child that its shell waits for.
  public long pid() {
    return command.serverPid();
  }

  /// All processes of the session that are there now, zombies left out.
  public List<Long> pids() {
    List<Long> members = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (isMember(process)) {
          members.add(Long.valueOf(process.getFileName().toString()));
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot list /proc", e);
    }
    return members;
  }

  /// The line is `pid (comm) state ppid pgrp session …`, and comm may have blanks and brackets in it.
  private boolean isMember(Path process) {
    String line = read(process.resolve("stat"));
    String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ");
    return fields.length > SESSION_FIELD
        && fields[SESSION_FIELD].equals(String.valueOf(command.sessionId()))
        && !fields[0].equals("Z");
  }

  /// How many descriptors they have open; empty when that cannot be seen.
  public OptionalLong descriptorCount() {
    long count = 0;
    for (long pid : pids()) {
      String[] open = Path.of("/proc/" + pid + "/fd").toFile().list();
      if (open == null) {
        return OptionalLong.empty();
      }
      count += open.length;
    }
    return OptionalLong.of(count);
  }

  /// How much memory they have resident.
  public long residentBytes() {
    long pages = 0;
    for (long pid : pids()) {
      String[] fields = read(Path.of("/proc/" + pid + "/statm")).split(" ");
      pages += fields.length > RESIDENT_FIELD ? Long.parseLong(fields[RESIDENT_FIELD]) : 0;
    }
    return pages * PAGE_BYTES;
  }

  /// Empty for a process that has just gone.
  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  /// Waits for the end of the command and of its session.
  ///
  /// @return its exit status, 128 and the number of the signal that ended it; empty when something still runs
  public OptionalInt awaitEnd(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    command.waitFor(limit);
    while (!pids().isEmpty() && System.nanoTime() < end) {
      ProfileMount.pause();
    }
    return pids().isEmpty() ? command.exit() : OptionalInt.empty();
  }

  /// Asks it to end as a service manager does: SIGTERM to all of its processes.
  public void terminate() {
    command.terminate();
  }

  /// The last lines that it wrote, as a block that starts with a line break; empty when it wrote nothing.
  public String lastLines() {
    return command.shownTail();
  }
}
