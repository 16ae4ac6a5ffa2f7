package io.github.storeproof.transport.fusedev;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// An open directory, read by raw getdents64 calls.
@SuppressWarnings("restricted")
final class Listing implements AutoCloseable {
  /// One entry: its name as Latin-1, and where the next one begins.
  record Item(String name, long nextOffset) {}

  private static final MethodHandle LSEEK =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("lseek"),
              FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT));

  private final Arena arena = Arena.ofConfined();
  private final Libc libc = new Libc(arena);
  private final int fd;
  private final MemorySegment buffer;

  Listing(Path directory, int bufferBytes) {
    fd = libc.open(Libc.cString(arena, Program.bytes(directory.toString())), Libc.O_CLOEXEC);
    if (fd < 0) {
      throw new AssertionError("open of " + directory + " failed with errno " + -fd);
    }
    buffer = arena.allocate(bufferBytes, 8);
  }

  /// The entries of one call; none at the end.
  List<Item> next() {
    long count = libc.getdents64(fd, buffer, buffer.byteSize());
    if (count < 0) {
      throw new AssertionError("getdents64 failed with errno " + -count);
    }
    List<Item> items = new ArrayList<>();
    for (long at = 0; at < count; ) {
      int recordBytes = buffer.get(JAVA_SHORT_UNALIGNED, at + 16);
      byte[] name = buffer.asSlice(at + 19, recordBytes - 19).toArray(JAVA_BYTE);
      String text = new String(name, StandardCharsets.ISO_8859_1);
      items.add(
          new Item(text.substring(0, text.indexOf('\0')), buffer.get(JAVA_LONG_UNALIGNED, at + 8)));
      at += recordBytes;
    }
    return items;
  }

  /// All entries up to the end.
  List<Item> rest() {
    List<Item> all = new ArrayList<>();
    for (List<Item> items = next(); !items.isEmpty(); items = next()) {
      all.addAll(items);
    }
    return all;
  }

  List<String> names() {
    return rest().stream().map(Item::name).toList();
  }

  void seek(long offset) throws Throwable {
    long result = (long) LSEEK.invokeExact(fd, offset, 0);
    if (result != offset) {
      throw new AssertionError("lseek to %d gave %d".formatted(offset, result));
    }
  }

  @Override
  public void close() {
    libc.close(fd);
    arena.close();
  }
}
