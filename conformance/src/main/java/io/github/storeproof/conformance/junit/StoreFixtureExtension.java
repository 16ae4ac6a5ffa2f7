package io.github.storeproof.conformance.junit;

import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.fixtures.InstallException;
import java.lang.reflect.Executable;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/// Resolves parameters of type [PopulatedStore]; see [StoreFixture].
final class StoreFixtureExtension implements ParameterResolver {
  private static final Namespace STORES = Namespace.create(StoreFixtureExtension.class);

  /// What tells stores apart.
  private record Key(String name, long seed) {}

  /// A store until the end of the run; Jupiter closes it then.
  private record Held(PopulatedStore store) implements AutoCloseable {
    @Override
    public void close() throws InstallException {
      store.end();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == PopulatedStore.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    StoreFixture wanted =
        nearest(parameter, context)
            .orElseThrow(
                () -> new ParameterResolutionException("no @StoreFixture in sight, want one"));
    return context
        .getRoot()
        .getStore(STORES)
        .computeIfAbsent(
            new Key(wanted.value(), wanted.seed()), StoreFixtureExtension::make, Held.class)
        .store();
  }

  private static Held make(Key key) {
    try {
      return new Held(new PopulatedStore(FixtureCatalog.entry(key.name()).fixture(key.seed())));
    } catch (IllegalArgumentException e) {
      throw new ParameterResolutionException("@StoreFixture: " + e.getMessage(), e);
    }
  }

  private static Optional<StoreFixture> nearest(
      ParameterContext parameter, ExtensionContext context) {
    Executable method = parameter.getDeclaringExecutable();
    return parameter
        .findAnnotation(StoreFixture.class)
        .or(() -> AnnotationSupport.findAnnotation(method, StoreFixture.class))
        .or(() ->
            AnnotationSupport.findAnnotation(
                context.getRequiredTestClass(),
                StoreFixture.class,
                context.getEnclosingTestClasses()));
  }
}
