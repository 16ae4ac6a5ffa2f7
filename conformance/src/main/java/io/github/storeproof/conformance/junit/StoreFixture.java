package io.github.storeproof.conformance.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Gives the parameters of type [PopulatedStore] of a test class, a method, a constructor or one parameter: store paths to test
/// with, on disk and behind store services.
///
/// ```java
/// @StoreFixture("root-kinds")
/// class MyCacheTest {
///   @Test
///   void fetchesEveryPath(PopulatedStore store) throws Exception {
///     MyCache cache = new MyCache(store.address());          // gRPC: blobs, directories, path infos
///     for (StorePath path : store.paths()) {
///       assertThat(cache.nar(path)).hasSize((int) store.archive(path).sizeBytes());
///     }
///   }
///
///   @Test
///   void packsATree(PopulatedStore store) throws Exception {
///     assertThat(MyPacker.pack(store.directory())).isEqualTo(…);   // a directory of store paths
///   }
/// }
/// ```
///
/// The nearest annotation decides: that of the parameter, then the method's, then the class's. All tests of a run that ask for one
/// fixture with one seed share its store, which is read-only; it is made when something of it is asked for, and removed after the
/// last test.
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.PARAMETER})
@ExtendWith(StoreFixtureExtension.class)
public @interface StoreFixture {
  /// What `storeproof fixtures list` calls it.
  String value() default "standard";

  /// Where random names and contents come from: the same seed gives the same store paths on any machine.
  long seed() default 1;
}
