package io.github.storeproof.ci.faulty;

import java.util.List;

/// Wrong answers about extended attributes, of which there are none.
final class XattrFaults {
  static final List<Fault> ALL =
      List.of(
          Fault.of("AttributesAreEio", "XAT-2", "EIO", tree -> failing(tree, Failure.EIO, 0)),
          Fault.of(
              "ListsOfAttributesAreEio",
              "XAT-2",
              "EIO",
              tree -> failing(tree, Failure.ENODATA, Failure.EIO)),
          Fault.of(
              "AttributesAreMissingFiles",
              "XAT-2",
              "ENOENT",
              tree -> failing(tree, Failure.ENOENT, 0)),
          Fault.of(
              "AttributesAreListedThatAreNotThere",
              "XAT-2",
              "user.none",
              tree -> listing(tree, "user.none\0")),
          Fault.of("EachAttributeIsEmpty", "XAT-2", "result 0", tree -> giving(tree, 0)));

  private XattrFaults() {}

  private static PlainDirectory failing(String tree, int getting, int listing) {
    return new PlainDirectory(tree) {
      @Override
      byte[] getxattr(String path, String name) throws Failure {
        throw new Failure(getting);
      }

      @Override
      byte[] listxattr(String path) throws Failure {
        if (listing != 0) {
          throw new Failure(listing);
        }
        return super.listxattr(path);
      }
    };
  }

  private static PlainDirectory listing(String tree, String names) {
    return new PlainDirectory(tree) {
      @Override
      byte[] listxattr(String path) {
        return bytes(names);
      }
    };
  }

  private static PlainDirectory giving(String tree, int lengthBytes) {
    return new PlainDirectory(tree) {
      @Override
      byte[] getxattr(String path, String name) {
        return new byte[lengthBytes];
      }
    };
  }
}
