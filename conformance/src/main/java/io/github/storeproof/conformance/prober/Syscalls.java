package io.github.storeproof.conformance.prober;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The numbers of system calls, by name. Read once from `syscalls.txt`: name, number on x86-64, number on aarch64.
public final class Syscalls {
  private static final Map<String, Numbers> NUMBERS = read();
  private static final Set<String> OPENING =
      Set.of(
          "openat",
          "openat2",
          "dup",
          "dup3",
          "memfd_create",
          "pidfd_open",
          "pidfd_getfd",
          "inotify_init1",
          "fanotify_init",
          "open_by_handle_at",
          "eventfd2",
          "epoll_create1",
          "open_tree",
          "fsopen",
          "fsmount",
          "io_uring_setup");

  /// The numbers of one call.
  record Numbers(int x86, int aarch64) {}

  private Syscalls() {}

  /// Returns the number of a call.
  ///
  /// @throws IllegalArgumentException if the name is not in the table
  public static int number(String name, Machine machine) {
    Numbers numbers = requireKnown(name);
    return switch (machine) {
      case X86_64 -> numbers.x86;
      case AARCH64 -> numbers.aarch64;
    };
  }

  /// Returns all names, sorted.
  public static List<String> names() {
    return NUMBERS.keySet().stream().sorted().toList();
  }

  /// Returns true for calls whose result is a new descriptor.
  public static boolean opens(String name) {
    return OPENING.contains(name);
  }

  /// Returns true for calls whose result is a number of this process, which says nothing about a target: a descriptor, an address, a process id.
  public static boolean resultIsArbitrary(String name) {
    return switch (name) {
      case "mmap", "getpid", "gettid", "getppid", "inotify_add_watch" -> true;
      default -> opens(name);
    };
  }

  static Numbers requireKnown(String name) {
    Numbers numbers = NUMBERS.get(name);
    if (numbers == null) {
      throw new IllegalArgumentException(
          "system call \""
              + name
              + "\" is not one of "
              + NUMBERS.keySet().stream().sorted().toList());
    }
    return numbers;
  }

  private static Map<String, Numbers> read() {
    Map<String, Numbers> numbers = new HashMap<>();
    try (InputStream table = Syscalls.class.getResourceAsStream("syscalls.txt")) {
      if (table == null) {
        throw new IllegalStateException(
            "syscalls.txt is missing beside " + Syscalls.class.getName());
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(table, StandardCharsets.US_ASCII));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split(" ", -1);
        numbers.put(
            fields[0], new Numbers(Integer.parseInt(fields[1]), Integer.parseInt(fields[2])));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return numbers;
  }
}
