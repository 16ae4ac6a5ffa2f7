package io.github.storeproof.conformance.prober;

/// The processor architectures whose system calls the prober knows. They differ in call numbers, in some open flags and in `struct stat`.
public enum Machine {
  /// 64-bit Intel and AMD.
  X86_64(0200000, 0400000, 040000),
  /// 64-bit ARM.
  AARCH64(040000, 0100000, 0200000);

  private final int directoryFlag;
  private final int noFollowFlag;
  private final int directFlag;

  Machine(int directoryFlag, int noFollowFlag, int directFlag) {
    this.directoryFlag = directoryFlag;
    this.noFollowFlag = noFollowFlag;
    this.directFlag = directFlag;
  }

  /// Returns the machine that this program runs on.
  ///
  /// @throws IllegalStateException on any other
  public static Machine current() {
    return of(System.getProperty("os.arch", ""));
  }

  static Machine of(String architecture) {
    return switch (architecture) {
      case "amd64", "x86_64" -> X86_64;
      case "aarch64", "arm64" -> AARCH64;
      default ->
          throw new IllegalStateException("machine is " + architecture + ", want amd64 or aarch64");
    };
  }

  /// Returns the flags of open(2), given in the numbers of x86-64, in those of this machine.
  public int openFlags(int portable) {
    int moved = Linux.O_DIRECTORY | Linux.O_NOFOLLOW | Linux.O_DIRECT;
    int flags = portable & ~moved;
    flags |= (portable & Linux.O_DIRECTORY) != 0 ? directoryFlag : 0;
    flags |= (portable & Linux.O_NOFOLLOW) != 0 ? noFollowFlag : 0;
    flags |= (portable & Linux.O_DIRECT) != 0 ? directFlag : 0;
    return flags;
  }
}
