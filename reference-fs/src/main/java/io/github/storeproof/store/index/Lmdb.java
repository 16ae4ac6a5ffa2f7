package io.github.storeproof.store.index;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The functions of LMDB (`lmdb.h`) as Java methods. Each returns what the C function returns: 0, a
/// positive errno, or one of LMDB's own negative numbers. *Thread-safe.*
@SuppressWarnings("restricted")
final class Lmdb {
  static final int NOT_FOUND = -30798;
  static final int READERS_FULL = -30790;
  static final int EIO = 5;
  static final int ENOSPC = 28;

  static final int NO_TLS = 0x200000;
  static final int READ_ONLY = 0x20000;
  static final int CREATE = 0x40000;
  static final int NO_READAHEAD = 0x800000;
  static final int SET_RANGE = 17;
  static final int NEXT = 8;

  private static final int EACCES = 13;
  private static final int EPERM = 1;
  private static final int EROFS = 30;
  private static final int EDQUOT = 122;
  private static final int MAP_FULL = -30792;
  private static final int PAGE_NOT_FOUND = -30797;
  private static final int CORRUPTED = -30796;
  private static final int VERSION_MISMATCH = -30794;
  private static final int INVALID = -30793;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LIBRARY = load();

  private static final MethodHandle ENV_CREATE = bind("mdb_env_create", ADDRESS);
  private static final MethodHandle ENV_SET_MAPSIZE =
      bind("mdb_env_set_mapsize", ADDRESS, JAVA_LONG);
  private static final MethodHandle ENV_SET_MAXREADERS =
      bind("mdb_env_set_maxreaders", ADDRESS, JAVA_INT);
  private static final MethodHandle ENV_SET_MAXDBS = bind("mdb_env_set_maxdbs", ADDRESS, JAVA_INT);
  private static final MethodHandle ENV_OPEN =
      bind("mdb_env_open", ADDRESS, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle READER_CHECK = bind("mdb_reader_check", ADDRESS, ADDRESS);
  private static final MethodHandle TXN_BEGIN =
      bind("mdb_txn_begin", ADDRESS, ADDRESS, JAVA_INT, ADDRESS);
  private static final MethodHandle TXN_COMMIT = bind("mdb_txn_commit", ADDRESS);
  private static final MethodHandle DBI_OPEN =
      bind("mdb_dbi_open", ADDRESS, ADDRESS, JAVA_INT, ADDRESS);
  private static final MethodHandle GET = bind("mdb_get", ADDRESS, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle PUT =
      bind("mdb_put", ADDRESS, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
  private static final MethodHandle DEL = bind("mdb_del", ADDRESS, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle CURSOR_OPEN =
      bind("mdb_cursor_open", ADDRESS, JAVA_INT, ADDRESS);
  private static final MethodHandle CURSOR_GET =
      bind("mdb_cursor_get", ADDRESS, ADDRESS, ADDRESS, JAVA_INT);
  private static final MethodHandle CURSOR_CLOSE = bindVoid("mdb_cursor_close");
  private static final MethodHandle TXN_ABORT = bindVoid("mdb_txn_abort");
  private static final MethodHandle ENV_CLOSE = bindVoid("mdb_env_close");
  private static final MethodHandle STRERROR =
      LINKER.downcallHandle(
          LIBRARY.findOrThrow("mdb_strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

  private Lmdb() {}

  /// Loads the library out of the jar; its file is not needed longer than that.
  private static SymbolLookup load() {
    String machine = System.getProperty("os.arch", "").equals("aarch64") ? "aarch64" : "x86_64";
    String name = "/org/lmdbjava/native/" + machine + "-linux-gnu.so";
    try (InputStream library = Lmdb.class.getResourceAsStream(name)) {
      if (library == null) {
        throw new IllegalStateException("class path has no " + name + ", want LMDB's library");
      }
      Path file = Files.createTempFile("lmdb", ".so");
      try {
        Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
        return SymbolLookup.libraryLookup(file, Arena.global());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new IllegalStateException("LMDB's library cannot be unpacked: " + e.getMessage(), e);
    }
  }

  private static MethodHandle bind(String name, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LIBRARY.findOrThrow(name), FunctionDescriptor.of(JAVA_INT, arguments));
  }

  private static MethodHandle bindVoid(String name) {
    return LINKER.downcallHandle(LIBRARY.findOrThrow(name), FunctionDescriptor.ofVoid(ADDRESS));
  }

  static int createEnvironment(MemorySegment environment) {
    return call(() -> (int) ENV_CREATE.invokeExact(environment));
  }

  static int setMapSize(MemorySegment environment, long sizeBytes) {
    return call(() -> (int) ENV_SET_MAPSIZE.invokeExact(environment, sizeBytes));
  }

  static int setMostReaders(MemorySegment environment, int count) {
    return call(() -> (int) ENV_SET_MAXREADERS.invokeExact(environment, count));
  }

  static int setMostTables(MemorySegment environment, int count) {
    return call(() -> (int) ENV_SET_MAXDBS.invokeExact(environment, count));
  }

  static int openEnvironment(MemorySegment environment, MemorySegment path, int flags, int mode) {
    return call(() -> (int) ENV_OPEN.invokeExact(environment, path, flags, mode));
  }

  /// Gives back what readers that died have held.
  static int checkReaders(MemorySegment environment, MemorySegment dead) {
    return call(() -> (int) READER_CHECK.invokeExact(environment, dead));
  }

  static int begin(
      MemorySegment environment, MemorySegment parent, int flags, MemorySegment transaction) {
    return call(() -> (int) TXN_BEGIN.invokeExact(environment, parent, flags, transaction));
  }

  static int commit(MemorySegment transaction) {
    return call(() -> (int) TXN_COMMIT.invokeExact(transaction));
  }

  static int openTable(
      MemorySegment transaction, MemorySegment name, int flags, MemorySegment table) {
    return call(() -> (int) DBI_OPEN.invokeExact(transaction, name, flags, table));
  }

  static int get(MemorySegment transaction, int table, MemorySegment key, MemorySegment value) {
    return call(() -> (int) GET.invokeExact(transaction, table, key, value));
  }

  static int put(MemorySegment transaction, int table, MemorySegment key, MemorySegment value) {
    return call(() -> (int) PUT.invokeExact(transaction, table, key, value, 0));
  }

  static int delete(MemorySegment transaction, int table, MemorySegment key) {
    return call(() -> (int) DEL.invokeExact(transaction, table, key, MemorySegment.NULL));
  }

  static int openCursor(MemorySegment transaction, int table, MemorySegment cursor) {
    return call(() -> (int) CURSOR_OPEN.invokeExact(transaction, table, cursor));
  }

  static int move(MemorySegment cursor, MemorySegment key, MemorySegment value, int operation) {
    return call(() -> (int) CURSOR_GET.invokeExact(cursor, key, value, operation));
  }

  static void closeCursor(MemorySegment cursor) {
    int _ =
        call(() -> {
          CURSOR_CLOSE.invokeExact(cursor);
          return 0;
        });
  }

  static void abort(MemorySegment transaction) {
    int _ =
        call(() -> {
          TXN_ABORT.invokeExact(transaction);
          return 0;
        });
  }

  static void closeEnvironment(MemorySegment environment) {
    int _ =
        call(() -> {
          ENV_CLOSE.invokeExact(environment);
          return 0;
        });
  }

  @FunctionalInterface
  private interface Call {
    int make() throws Throwable;
  }

  private static int call(Call call) {
    try {
      return call.make();
    } catch (Error | RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a native call that throws", e);
    }
  }

  /// Throws what a result says that is not 0.
  static void check(String what, int result) throws StoreException {
    if (result != 0) {
      throw new StoreException(failure(result), "index: " + what + ": " + words(result));
    }
  }

  private static StoreFailure failure(int result) {
    return switch (result) {
      case MAP_FULL, ENOSPC, EDQUOT -> StoreFailure.FULL;
      case EACCES, EPERM, EROFS -> StoreFailure.DENIED;
      case PAGE_NOT_FOUND, CORRUPTED, VERSION_MISMATCH, INVALID -> StoreFailure.CORRUPT;
      default -> StoreFailure.IO;
    };
  }

  private static String words(int result) {
    try {
      MemorySegment text = (MemorySegment) STRERROR.invokeExact(result);
      return text.reinterpret(1024).getString(0);
    } catch (Throwable e) {
      throw new IllegalStateException("a native call that throws", e);
    }
  }
}
