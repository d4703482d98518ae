package org.scorebound.layers;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Holds the package layers: a package uses those of lower layers, and a sibling only along an
 * arrow. Packages that do not exist yet are no failure; packages that the table does not know are.
 */
class PackageArrowsTest {

  private static final String ROOT = "org.scorebound";
  private static final String FIXTURE = "org.scorebound.layerfixture";

  /** ArchUnit's own option looks for Maven's usual {@code target/test-classes}. */
  private static final ImportOption PRODUCTION = place -> !place.contains("/test-classes/");

  /** Lowest layer first. */
  private static final List<Set<String>> LAYERS =
      List.of(
          Set.of("result", "linalg", "random"),
          Set.of("io", "distribution", "diffusion", "transport"),
          Set.of("network"),
          Set.of("score"),
          Set.of("lipschitz", "sde"),
          Set.of("bound"),
          Set.of("verify"),
          Set.of("experiment", "campaign", "claims"),
          Set.of("report", "bench", "regress"),
          Set.of("cli"));

  /** Arrows between siblings. */
  private static final Map<String, Set<String>> ARROWS =
      Map.of("diffusion", Set.of("distribution"), "claims", Set.of("experiment"));

  /** Packages that may use less than their layer allows. */
  private static final Map<String, Set<String>> NARROW =
      Map.of(
          "report", Set.of("result", "io"),
          "bench", Set.of("result", "random", "io"),
          "regress", Set.of("result", "random", "io"));

  /** The package's layer; -1 if the table does not know it. */
  private static int rank(String name) {
    return IntStream.range(0, LAYERS.size())
        .filter(layer -> LAYERS.get(layer).contains(name))
        .findFirst()
        .orElse(-1);
  }

  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(PRODUCTION).importPackages(ROOT);

  private static final JavaClasses PLANTED = new ClassFileImporter().importPackages(FIXTURE);

  @Test
  void productionFollowsTheArrows() {
    assertThat(CLASSES).isNotEmpty();
    arrows(ROOT).check(CLASSES);
  }

  /** The table of layers in {@code CONTRIBUTING.md} is this one: highest layer first. */
  @Test
  void tableForContributorsIsThisOne() throws IOException {
    List<Set<String>> told =
        Pattern.compile("(?m)^\\| ([0-9]+) \\| (.*) \\|$")
            .matcher(Files.readString(Path.of("..", "CONTRIBUTING.md")))
            .results()
            .map(row -> names(row.group(2)))
            .toList();
    assertThat(told.reversed()).isEqualTo(LAYERS);
  }

  /** The packages of a row, without what they use in parentheses. */
  private static Set<String> names(String row) {
    return Pattern.compile("`(\\w+)`")
        .matcher(row.replaceAll("\\([^)]*\\)", ""))
        .results()
        .map(name -> name.group(1))
        .collect(Collectors.toSet());
  }

  @Test
  void fastKernelsAreReachedThroughLinalgAlone() {
    for (ArchRule rule : kernelRules(ROOT)) {
      rule.allowEmptyShould(true).check(CLASSES);
    }
  }

  @Test
  void librariesStayWhereTheyBelong() {
    only("io", "com.fasterxml..").check(CLASSES);
    only("cli", "picocli..").check(CLASSES);
    only("cli", "me.tongfei..").check(CLASSES);
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.openjdk.jmh..")
        .check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({
    "random.UsesIo, io",
    "sde.UsesSibling, lipschitz",
    "bench.UsesLinalg, linalg",
    "nowhere.Lost, nowhere",
  })
  void plantedViolationIsFound(String origin, String target) {
    List<String> found = arrows(FIXTURE).evaluate(PLANTED).getFailureReport().getDetails();
    assertThat(found).anyMatch(line -> line.contains(origin) && line.contains(target));
  }

  @Test
  void nothingElseInTheFixtureIsFound() {
    assertThat(arrows(FIXTURE).evaluate(PLANTED).getFailureReport().getDetails())
        .allMatch(line -> line.matches(".*(UsesIo|UsesSibling|UsesLinalg|nowhere).*"));
  }

  @Test
  void plantedVectorAndJblasUsesAreFound() {
    List<String> found =
        kernelRules(FIXTURE).stream()
            .flatMap(rule -> rule.evaluate(PLANTED).getFailureReport().getDetails().stream())
            .toList();
    assertThat(found).anyMatch(line -> line.contains("NativeOutside") && line.contains("jblas"));
    assertThat(found).noneMatch(line -> line.contains("DoubleMatrix"));
  }

  private static ArchRule arrows(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should(
            new ArchCondition<>("use only packages that the layers allow") {
              @Override
              public void check(JavaClass origin, ConditionEvents events) {
                String from = part(root, origin);
                if (!from.isEmpty() && rank(from) < 0) {
                  events.add(
                      SimpleConditionEvent.violated(
                          origin, origin.getName() + " is in '" + from + "', which has no layer"));
                  return;
                }
                for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                  JavaClass target = dependency.getTargetClass().getBaseComponentType();
                  String to = part(root, target);
                  if (!to.isEmpty() && !allowed(from, to)) {
                    events.add(
                        SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                  }
                }
              }
            });
  }

  private static boolean allowed(String from, String to) {
    if (from.equals(to)) {
      return true;
    }
    if (rank(to) < 0) {
      return false;
    }
    Set<String> narrow = NARROW.get(from);
    if (narrow != null) {
      return narrow.contains(to);
    }
    return rank(to) < rank(from) || ARROWS.getOrDefault(from, Set.of()).contains(to);
  }

  /** The first package name below the root; empty for classes elsewhere. */
  private static String part(String root, JavaClass type) {
    String name = type.getPackageName();
    if (!name.startsWith(root + ".")) {
      return "";
    }
    String below = name.substring(root.length() + 1);
    int dot = below.indexOf('.');
    return dot < 0 ? below : below.substring(0, dot);
  }

  private static List<ArchRule> kernelRules(String root) {
    DescribedPredicate<JavaClass> jblasButMatrix =
        new DescribedPredicate<>("jblas without DoubleMatrix") {
          @Override
          public boolean test(JavaClass type) {
            return type.getPackageName().startsWith("org.jblas")
                && !type.getName().equals("org.jblas.DoubleMatrix");
          }
        };
    return List.of(
        noClasses()
            .that()
            .resideInAPackage(root + "..")
            .and()
            .resideOutsideOfPackage(root + ".linalg.internal..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.incubator.vector.."),
        noClasses()
            .that()
            .resideInAPackage(root + "..")
            .and()
            .resideOutsideOfPackage(root + ".linalg.internal..")
            .should()
            .dependOnClassesThat(jblasButMatrix),
        noClasses()
            .that()
            .resideInAPackage(root + "..")
            .and()
            .resideOutsideOfPackage(root + ".linalg..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(root + ".linalg.internal.."));
  }

  private static ArchRule only(String owner, String library) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "." + owner + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }
}
