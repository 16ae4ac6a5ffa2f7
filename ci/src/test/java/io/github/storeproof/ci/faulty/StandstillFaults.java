package io.github.storeproof.ci.faulty;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Servers that never answer, and servers that die.
final class StandstillFaults {
  static final List<Fault> ALL =
      List.of(
          hang("OpensHang", "OPN-1", (call, _, _) -> call.equals("open")),
          hang(
              "ListingsHang",
              "DIR-2",
              (call, path, _) -> call.equals("readdir") && isBelowTheRoot(path)),
          hang("ReadsHangAtAMiB", "READ-3", (call, _, at) -> call.equals("read") && at >= 1 << 20),
          hang(
              "LooksAtNamesThatEndInTHang",
              "ATTR-1",
              (call, path, _) ->
                  call.equals("getattr") && isBelowTheRoot(path) && path.endsWith("t")),
          hang("ReadlinksHang", "LNK-1", (call, _, _) -> call.equals("readlink")),
          hang("StatfsHangs", "STF-1", (call, _, _) -> call.equals("statfs")),
          death(
              "ListingsKillTheServer",
              "DIR-2",
              "CONN",
              (call, path, _) -> call.equals("readdir") && isBelowTheRoot(path)),
          death("OpensKillTheServer", "OPN-1", "CONN", (call, _, _) -> call.equals("open")),
          death("ReadsKillTheServer", "READ-3", "CONN", (call, _, _) -> call.equals("read")),
          death(
              "ReadlinksKillTheServer", "LNK-1", "CONN", (call, _, _) -> call.equals("readlink")));

  private StandstillFaults() {}

  /// What stands still or ends: a call for a path.
  @FunctionalInterface
  private interface Where {
    boolean is(String call, String path, long offsetBytes);
  }

  /// Never answers.
  private static Fault hang(String name, String rule, Where where) {
    return Fault.of(
        name,
        rule,
        "every call of the script returns within",
        tree -> calling(tree, where, () -> LockSupport.park(name)));
  }

  /// Ends in the middle of a call.
  private static Fault death(String name, String rule, String message, Where where) {
    return Fault.of(
            name, rule, message, tree -> calling(tree, where, () -> Runtime.getRuntime().halt(9)))
        .apart();
  }

  private static PlainDirectory calling(String tree, Where where, Runnable action) {
    return new PlainDirectory(tree) {
      private void meet(String call, String path, long offsetBytes) {
        while (where.is(call, path, offsetBytes)) {
          action.run();
        }
      }

      @Override
      Attributes getattr(String path) throws Failure {
        meet("getattr", path, 0);
        return super.getattr(path);
      }

      @Override
      Attributes listed(String path) throws Failure {
        return super.getattr(path);
      }

      @Override
      byte[] readlink(String path) throws Failure {
        meet("readlink", path, 0);
        return super.readlink(path);
      }

      @Override
      long open(String path, int flags) throws Failure {
        meet("open", path, 0);
        return super.open(path, flags);
      }

      @Override
      byte[] read(String path, long handle, long offsetBytes, int sizeBytes) throws Failure {
        meet("read", path, offsetBytes);
        return super.read(path, handle, offsetBytes, sizeBytes);
      }

      @Override
      long opendir(String path) throws Failure {
        meet("readdir", path, 0);
        return super.opendir(path);
      }

      @Override
      Space statfs() throws Failure {
        meet("statfs", "/", 0);
        return super.statfs();
      }
    };
  }

  private static boolean isBelowTheRoot(String path) {
    return path.indexOf('/', 1) > 0;
  }
}
