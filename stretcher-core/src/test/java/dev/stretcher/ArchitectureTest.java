package dev.stretcher;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String ROOT = "dev.stretcher";

  /** The rooms of the core, the lowest first: each may use those before it, and no other. */
  private static final List<String> BOTTOM_UP =
      Stream.of(
              ".text",
              ".file",
              ".process",
              ".trust",
              ".option",
              ".json",
              ".yaml",
              ".internal.template",
              ".manifest",
              ".ledger",
              ".policy",
              ".spi",
              ".report",
              ".release",
              ".store",
              ".internal.omit",
              ".internal.tar",
              ".internal.decompress",
              ".internal.toc",
              ".pack",
              ".internal.reserved",
              ".internal.plugin",
              ".internal.engine",
              ".internal.store",
              ".internal.transfer",
              ".publish",
              ".internal.publish",
              ".internal.dest",
              ".internal.unpack",
              ".internal.deployed",
              ".internal.fetch",
              ".internal.load",
              ".sign",
              ".internal.event",
              ".internal.sync",
              ".internal.stage",
              ".internal.hook",
              ".internal.archive",
              ".internal.release",
              "",
              ".fleet",
              ".publication",
              ".internal.live",
              ".internal.rollout",
              ".internal.pause",
              ".internal.desired",
              ".internal.status",
              ".agent")
          .map(ROOT::concat)
          .toList();

  /** What VERSIONING calls public. */
  private static final String[] PUBLIC =
      Stream.of(
              "",
              ".agent",
              ".file",
              ".fleet",
              ".ledger",
              ".manifest",
              ".option",
              ".pack",
              ".policy",
              ".process",
              ".publication",
              ".publish",
              ".release",
              ".report",
              ".sign",
              ".spi",
              ".store",
              ".text")
          .map(ROOT::concat)
          .toArray(String[]::new);

  private static final int MOST_FILES = 26;
  private static final int MOST_AT_THE_DOOR = 14;

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void roomsUseOnlyThoseBelowThem() {
    slices().matching("dev.stretcher.(**)").should().beFreeOfCycles().check(CORE);
    for (int i = 0; i < BOTTOM_UP.size() - 1; i++) {
      String[] above = BOTTOM_UP.subList(i + 1, BOTTOM_UP.size()).toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(BOTTOM_UP.get(i))
          .should()
          .dependOnClassesThat(resideInAnyPackage(above))
          .check(CORE);
    }
  }

  @Test
  void eachRoomIsInTheListAndCanBeOverlooked() {
    TreeMap<String, Long> files =
        CORE.stream()
            .filter(each -> each.isTopLevelClass())
            .collect(
                Collectors.groupingBy(
                    JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
    assertThat(BOTTOM_UP).containsExactlyInAnyOrderElementsOf(files.keySet());
    assertThat(files.values()).allMatch(count -> count <= MOST_FILES);
    assertThat(files.get(ROOT)).isLessThanOrEqualTo(MOST_AT_THE_DOOR);
  }

  @Test
  void theLowestRoomsKnowNothingButTheJdk() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".text", ROOT + ".process", ROOT + ".file", ROOT + ".trust")
        .should()
        .dependOnClassesThat(
            foreign().and(DescribedPredicate.not(resideInAPackage("org.jspecify.."))))
        .check(CORE);
  }

  @Test
  void noTypeOfALibraryOrOfAnInternalRoomLeaksFromAPublicSignature() {
    noMethods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat(resideInAnyPackage(PUBLIC).and(modifier(JavaModifier.PUBLIC)))
        .should()
        .haveRawReturnType(foreign().or(internal()))
        .check(CORE);
    noCodeUnits()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat(resideInAnyPackage(PUBLIC).and(modifier(JavaModifier.PUBLIC)))
        .should()
        .haveRawParameterTypes(anyElementThat(foreign().or(internal())))
        .check(CORE);
  }

  private static DescribedPredicate<JavaClass> foreign() {
    return resideInAnyPackage("com..", "org..", "okhttp3..", "info..", "software..")
        .as("of a library");
  }

  private static DescribedPredicate<JavaClass> internal() {
    return resideInAnyPackage(ROOT + ".internal..", ROOT + ".trust", ROOT + ".yaml")
        .as("of a room that is not public");
  }
}
