package io.github.storeproof.ci;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Holds the arrows between modules and packages, and a few rules for names.
///
/// ```
/// modules     model <- proto <- fixtures <- conformance;  model, proto <- reference-fs
/// reference   app -> transport -> fuse <- castorefs -> store <- grpc
/// kit         runner, cases -> oracle, target, rule, report; the prober knows none of them
/// ```
class ArchitectureTest {

  private static final String ROOT = "io.github.storeproof.";
  private static final String MODEL = ROOT + "model..";
  private static final String PROTO = ROOT + "proto..";
  private static final String FIXTURES = ROOT + "fixtures..";
  private static final String CONFORMANCE = ROOT + "conformance..";
  private static final String JSON = ROOT + "conformance.json..";
  private static final String PROBER = ROOT + "conformance.prober..";
  private static final String JQWIK = "net.jqwik.api..";
  private static final String APP = ROOT + "app..";
  private static final String TRANSPORT = ROOT + "transport..";
  private static final String FUSE = ROOT + "fuse..";
  private static final String FUSE_WIRE = ROOT + "fuse.wire..";
  private static final String CASTOREFS = ROOT + "castorefs..";
  private static final String STORE = ROOT + "store..";
  private static final String POSIX = ROOT + "posix..";
  private static final String GRPC = ROOT + "grpc..";
  private static final String METRICS = ROOT + "metrics..";
  private static final String WATCH = ROOT + "watch..";
  private static final String TRACING = ROOT + "tracing..";
  private static final String OPENTELEMETRY = "io.opentelemetry..";
  private static final String PROMETHEUS = "io.prometheus..";
  private static final String HTTP = "com.sun.net.httpserver..";
  private static final String RPC = "io.grpc..";
  private static final String PROTOBUF = "com.google.protobuf..";
  private static final String ZSTD = "com.github.luben.zstd..";
  private static final String NETTY = "io.netty..";

  private static final String[] REFERENCE = {
    APP, TRANSPORT, FUSE, CASTOREFS, STORE, GRPC, POSIX, METRICS, WATCH, TRACING
  };

  /// What opens files, sockets and the like.
  private static final String[] OPENERS = {"java.nio.file..", "java.nio.channels..", "java.net.."};

  private record Arrows(String from, List<String> to) {
    Arrows(String from, String... to) {
      this(from, List.of(to));
    }
  }

  /// Each package with all that it may use besides the JDK.
  private static final List<Arrows> ARROWS =
      List.of(
          new Arrows(MODEL),
          new Arrows(FIXTURES, MODEL, PROTO, JQWIK),
          new Arrows(FUSE_WIRE),
          new Arrows(FUSE),
          new Arrows(TRANSPORT, FUSE, POSIX),
          new Arrows(STORE, MODEL, PROTO, POSIX, RPC, PROTOBUF, ZSTD),
          new Arrows(GRPC, STORE, MODEL, PROTO, RPC, PROTOBUF, NETTY),
          new Arrows(CASTOREFS, FUSE, STORE, MODEL),
          new Arrows(WATCH, FUSE, RPC),
          new Arrows(METRICS, WATCH, FUSE, RPC, PROMETHEUS, HTTP),
          new Arrows(TRACING, WATCH, FUSE, STORE, MODEL, RPC, OPENTELEMETRY),
          new Arrows(POSIX),
          new Arrows(JSON),
          new Arrows(PROBER, JSON, MODEL));

  @TestFactory
  Stream<DynamicTest> packagesUseOnlyWhatTheyMay() {
    return ARROWS.stream()
        .map(arrows ->
            DynamicTest.dynamicTest(
                arrows.from() + " uses only " + arrows.to(),
                () ->
                    check(
                        classes()
                            .that()
                            .resideInAPackage(arrows.from())
                            .should()
                            .onlyDependOnClassesThat(areOfTheJdkOrIn(arrows)))));
  }

  @Test
  void conformanceKnowsNothingOfTheReference() {
    check(
        noClasses()
            .that()
            .resideInAPackage(CONFORMANCE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(REFERENCE));
  }

  @Test
  void theFaultyFilesystemSharesNothingWithTheReferenceOrTheKit() {
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + "ci.faulty..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CONFORMANCE, FIXTURES, MODEL, PROTO)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(REFERENCE));
  }

  @Test
  void referenceKnowsNothingOfTheKit() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(REFERENCE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CONFORMANCE, FIXTURES));
  }

  @Test
  void valuesAndProtocolOpenNothing() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(MODEL, FUSE, CASTOREFS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(OPENERS)
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.(File|RandomAccessFile).*"));
  }

  @Test
  void protocolMakesNoNativeCalls() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(MODEL, FUSE, CASTOREFS)
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.foreign.Linker"));
  }

  @Test
  void packagesOfTheReferenceHaveNoCycles() {
    check(slices().matching(ROOT + "(*)..").should().beFreeOfCycles());
  }

  @Test
  void namesSayWhatAClassIs() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(PROTO)
            .should()
            .haveNameMatching(".*(Manager|Helper|Utils?|Impl)$")
            .orShould()
            .haveNameMatching(".*[.$]Abstract[A-Z].*"));
  }

  @Test
  void plainAccessorsAreNotCalledGet() {
    check(
        methods()
            .that()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage(PROTO)
            .and()
            .haveNameMatching("get[A-Z].*")
            .and()
            .haveRawParameterTypes(new Class<?>[0])
            .should(overrideAMethodOfOthers()));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(Sources.CLASSES);
  }

  private static DescribedPredicate<JavaClass> areOfTheJdkOrIn(Arrows arrows) {
    String[] packages =
        Stream.concat(
                Stream.of("java..", "javax..", "jdk..", "org.jspecify..", arrows.from()),
                arrows.to().stream())
            .toArray(String[]::new);
    DescribedPredicate<JavaClass> inPackages = JavaClass.Predicates.resideInAnyPackage(packages);
    return DescribedPredicate.describe(
        "are of the JDK or " + arrows.from() + " or " + arrows.to(),
        type ->
            type.getBaseComponentType().isPrimitive()
                || inPackages.test(type.getBaseComponentType()));
  }

  private static ArchCondition<JavaMethod> overrideAMethodOfOthers() {
    return new ArchCondition<>("override a method of others") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean overrides =
            Stream.concat(
                    method.getOwner().getAllRawSuperclasses().stream(),
                    method.getOwner().getAllRawInterfaces().stream())
                .filter(type -> !type.getPackageName().startsWith(ROOT))
                .flatMap(type -> type.getMethods().stream())
                .anyMatch(other ->
                    other.getName().equals(method.getName())
                        && other.getRawParameterTypes().size()
                            == method.getRawParameterTypes().size());
        events.add(
            new SimpleConditionEvent(method, overrides, method.getFullName() + " is an accessor"));
      }
    };
  }

  /// The classes of all modules, read once.
  private static final class Sources {
    static final JavaClasses CLASSES =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.github.storeproof");
  }
}
