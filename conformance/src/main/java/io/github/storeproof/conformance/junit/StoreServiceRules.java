package io.github.storeproof.conformance.junit;

import io.github.storeproof.conformance.target.Features;
import io.github.storeproof.conformance.target.LiveStore;
import io.github.storeproof.conformance.target.ServedStore;
import io.github.storeproof.conformance.target.StoreTarget;
import io.github.storeproof.conformance.target.Target;
import io.github.storeproof.conformance.target.TargetException;
import io.grpc.BindableService;
import java.util.List;
import java.util.Map;

/// All rules of store services as JUnit tests, for services that Java code makes or finds:
///
/// ```java
/// class MyStoreTest extends StoreServiceRules {
///   @Override
///   protected LiveStore serve() {
///     return inProcess(new MyBlobService(), new MyDirectoryService(), new MyPathInfoService());
///   }
///
///   @Override
///   protected Map<String, String> features() {
///     return Map.of("directory-size", "snix");
///   }
/// }
/// ```
///
/// Services of another process, or behind a real socket, are given by `at("grpc+unix:///path")`. They are served once for all
/// tests; a case asks only for what it has put.
public abstract class StoreServiceRules extends StoreRules {
  /// Serves the stores. It is closed after the tests, or where it has died.
  ///
  /// @throws Exception when that does not work; no rule can be judged then
  protected abstract LiveStore serve() throws Exception;

  /// Services in this process, under the names that they have.
  protected final LiveStore inProcess(BindableService... services) throws TargetException {
    return ServedStore.inProcess(List.of(services), () -> {});
  }

  /// Services that listen at `grpc+unix:///path` or `grpc+http://host:port`.
  ///
  /// @param end what ends them, after the tests
  protected final LiveStore at(String address, Runnable end) throws TargetException {
    return ServedStore.at(address, end);
  }

  /// The name of the target in messages.
  protected String name() {
    return getClass().getSimpleName();
  }

  /// What the services claim, as in a profile: `directory-size` to `snix`. What is not claimed is skipped, with the reason;
  /// [io.github.storeproof.conformance.target.Feature] has them all.
  protected Map<String, String> features() {
    return Map.of();
  }

  /// What is known to fail, as in a profile: `RULE[/case-glob]` to the reason.
  protected Map<String, String> knownFailures() {
    return Map.of();
  }

  @Override
  protected final Target target() throws TargetException {
    return new StoreTarget(
        new StoreTarget.Claims(name(), Features.parse(features()), knownFailures()), _ -> served());
  }

  private LiveStore served() throws TargetException {
    try {
      return serve();
    } catch (TargetException e) {
      throw e;
    } catch (Exception e) {
      throw new TargetException("the services cannot be served: " + e, e);
    }
  }
}
