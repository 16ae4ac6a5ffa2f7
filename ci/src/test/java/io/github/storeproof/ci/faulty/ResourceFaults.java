package io.github.storeproof.ci.faulty;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What grows though it must not.
final class ResourceFaults {
  static final List<Fault> ALL =
      List.of(
          Fault.of(
                  "DescriptorsStayOpen", "HND-3", "descriptors", ResourceFaults::leakingDescriptors)
              .apart(),
          Fault.of("LookupsSearchTheDirectory", "CON-4", "times", ResourceFaults::searching));

  private ResourceFaults() {}

  private static PlainDirectory leakingDescriptors(String tree) {
    return new PlainDirectory(tree) {
      @Override
      void release(long handle) {
        // The descriptor stays.
      }
    };
  }

  private static PlainDirectory searching(String tree) {
    return new PlainDirectory(tree) {
      private final Map<String, List<String>> known = new ConcurrentHashMap<>();

      @Override
      Attributes getattr(String path) throws Failure {
        Attributes right = super.getattr(path);
        if (!isRoot(path)) {
          List<String> names = known.get(parentOf(path));
          if (names == null) {
            names = new ArrayList<>();
            for (Entry entry : readdir(parentOf(path))) {
              names.add(entry.name());
            }
            known.put(parentOf(path), names);
          }
          if (Collections.frequency(names, nameOf(path)) > 1) {
            throw new Failure(Failure.EIO);
          }
        }
        return right;
      }

      @Override
      Attributes listed(String path) throws Failure {
        return super.getattr(path);
      }
    };
  }
}
