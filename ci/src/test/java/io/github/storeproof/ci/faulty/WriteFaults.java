package io.github.storeproof.ci.faulty;

import java.util.List;

/// Mounts that are not read-only: they say that they have changed what they leave as it is.
final class WriteFaults {
  static final List<Fault> ALL =
      List.of(
          accepted("MkdirSucceeds", "mkdir"),
          accepted("MknodSucceeds", "mknod"),
          accepted("UnlinkSucceeds", "unlink"),
          accepted("RmdirSucceeds", "rmdir"),
          accepted("SymlinkSucceeds", "symlink"),
          accepted("RenameSucceeds", "rename"),
          accepted("LinkSucceeds", "link"),
          accepted("ChmodSucceeds", "chmod"),
          accepted("ChownSucceeds", "chown"),
          accepted("TruncateSucceeds", "truncate"),
          accepted("UtimensSucceeds", "utimens"),
          accepted("SetxattrSucceeds", "setxattr"),
          accepted("RemovexattrSucceeds", "removexattr"),
          refused("ChangesArePermitted", "EPERM", Failure.EPERM),
          refused("ChangesAreEio", "EIO", Failure.EIO),
          refused("ChangesAreUnknown", "ENOSYS", Failure.ENOSYS),
          Fault.of("ReplacingSucceeds", "RO-1", "rename onto another", WriteFaults::replacing)
              .writable(),
          Fault.of("FilesOpenForWriting", "RO-2", "EROFS", WriteFaults::opening).writable(),
          Fault.of("TheMountIsNotReadOnly", "RO-4", "ST_RDONLY", PlainDirectory::new).writable(),
          Fault.of("NobodyChecksPermissions", "ACC-1", "EACCES", PlainDirectory::new).unchecked(),
          Fault.of("ProgramsDoNotRun", "EXE-1", "EACCES", PlainDirectory::new).with("noexec"));

  private WriteFaults() {}

  /// Says that a change was made.
  private static Fault accepted(String name, String... calls) {
    List<String> which = List.of(calls);
    return Fault.of(
            name,
            "RO-1",
            "EROFS",
            tree ->
                new PlainDirectory(tree) {
                  @Override
                  void change(String call, String path) throws Failure {
                    if (!which.contains(call)) {
                      super.change(call, path);
                    }
                  }
                })
        .writable();
  }

  private static Fault refused(String name, String message, int errno) {
    return Fault.of(
            name,
            "RO-1",
            message,
            tree ->
                new PlainDirectory(tree) {
                  @Override
                  void change(String call, String path) throws Failure {
                    throw new Failure(errno);
                  }
                })
        .writable();
  }

  /// Says that a node has taken the place of another.
  private static PlainDirectory replacing(String tree) {
    return new PlainDirectory(tree) {
      @Override
      void rename(String from, String to) throws Failure {
        try {
          getattr(to);
        } catch (Failure missing) {
          super.rename(from, to);
        }
      }
    };
  }

  private static PlainDirectory opening(String tree) {
    return new PlainDirectory(tree) {
      @Override
      long open(String path, int flags) throws Failure {
        return super.open(path, 0);
      }
    };
  }
}
