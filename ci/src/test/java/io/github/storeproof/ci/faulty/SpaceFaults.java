package io.github.storeproof.ci.faulty;

import java.util.List;

/// Wrong answers of statfs.
final class SpaceFaults {
  static final List<Fault> ALL =
      List.of(
          fault("NamesHaveNoLength", "f_namelen 255", new Space(4096, 1, 0)),
          fault("NamesMayHave4096Bytes", "f_namelen 255", new Space(4096, 1, 4096)),
          fault("BlocksHaveNoSize", "f_bsize above 0", new Space(0, 1, 255)),
          Fault.of("StatfsFails", "STF-1", "EIO", SpaceFaults::failing));

  private SpaceFaults() {}

  private static Fault fault(String name, String message, Space space) {
    return Fault.of(
        name,
        "STF-1",
        message,
        tree ->
            new PlainDirectory(tree) {
              @Override
              Space statfs() {
                return space;
              }
            });
  }

  private static PlainDirectory failing(String tree) {
    return new PlainDirectory(tree) {
      @Override
      Space statfs() throws Failure {
        throw new Failure(Failure.EIO);
      }
    };
  }
}
