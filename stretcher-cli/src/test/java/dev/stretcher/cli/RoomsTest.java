package dev.stretcher.cli;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rooms of the modules above the core, of which this one has all on its class path. */
class RoomsTest {
  private static final int MOST_FILES = 26;

  /** The rooms of a module, the lowest first: each may use those before it, and no other. */
  record Module(String root, List<String> bottomUp) {
    static Module of(String root, String... rooms) {
      return new Module(root, Stream.of(rooms).map(root::concat).toList());
    }

    JavaClasses classes() {
      return new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(root);
    }
  }

  static Stream<Module> modules() {
    return Stream.of(
        Module.of(
            "dev.stretcher.sources",
            ".setting",
            ".internal.range",
            ".internal.http",
            ".internal.upload",
            ".internal.file",
            ".internal.gs",
            ".internal.s3",
            ".internal.consul",
            ""),
        Module.of(
            "dev.stretcher.sync",
            ".internal.filter",
            ".internal.directory",
            ".internal.plan",
            ".internal.apply",
            ".internal.tree",
            ".internal.journal",
            ".internal.usage",
            ".internal.reuse",
            ".internal.release",
            ""),
        Module.of(
            "dev.stretcher.cli",
            ".log",
            ".flag",
            ".config",
            ".print",
            ".invocation",
            ".rollout",
            ".http",
            ".monitor",
            ".fleet",
            ".dashboard",
            ".publish",
            ".doctor",
            ".command",
            ".share",
            "",
            ".rehearsal"));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void roomsUseOnlyThoseBelowThemAndCanBeOverlooked(Module module) {
    JavaClasses classes = module.classes();
    Map<String, Long> files =
        classes.stream()
            .filter(JavaClass::isTopLevelClass)
            .collect(
                Collectors.groupingBy(
                    JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
    assertThat(module.bottomUp()).containsExactlyInAnyOrderElementsOf(files.keySet());
    assertThat(files.values()).allMatch(count -> count <= MOST_FILES);
    for (int i = 0; i < module.bottomUp().size() - 1; i++) {
      List<String> above = module.bottomUp().subList(i + 1, module.bottomUp().size());
      noClasses()
          .that()
          .resideInAPackage(module.bottomUp().get(i))
          .should()
          .dependOnClassesThat(resideInAnyPackage(above.toArray(String[]::new)))
          .check(classes);
    }
  }

  @Test
  void noTypeOfALibraryLeaksFromAPublicSignature() {
    JavaClasses doors =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.stretcher.sources", "dev.stretcher.sync");
    String[] open = {
      "dev.stretcher.sources", "dev.stretcher.sources.setting", "dev.stretcher.sync"
    };
    DescribedPredicate<JavaClass> foreign =
        resideInAnyPackage("com..", "org..", "okhttp3..", "software..").as("of a library");
    noMethods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat(resideInAnyPackage(open))
        .should()
        .haveRawReturnType(foreign)
        .check(doors);
    noCodeUnits()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat(resideInAnyPackage(open))
        .should()
        .haveRawParameterTypes(anyElementThat(foreign))
        .check(doors);
  }
}
