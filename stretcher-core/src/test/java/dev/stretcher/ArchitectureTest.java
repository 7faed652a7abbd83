package dev.stretcher;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.stretcher");

  @Test
  void packagesDependDownwardOnly() {
    slices().matching("dev.stretcher.(**)").should().beFreeOfCycles().check(CORE);
    noClasses()
        .that()
        .resideInAPackage("dev.stretcher.internal..")
        .should()
        .dependOnClassesThat(resideInAPackage("dev.stretcher"))
        .because("the facade and its steps use the parts, not the other way round")
        .check(CORE);
    noClasses()
        .that()
        .resideInAPackage("dev.stretcher.spi")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "dev.stretcher", "dev.stretcher.internal..", "dev.stretcher.process"))
        .check(CORE);
    noClasses()
        .that()
        .resideInAPackage("dev.stretcher.manifest")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "dev.stretcher",
                "dev.stretcher.internal..",
                "dev.stretcher.process",
                "dev.stretcher.spi"))
        .check(CORE);
    classes()
        .that()
        .resideInAnyPackage("dev.stretcher.text", "dev.stretcher.process", "dev.stretcher.file")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "java..",
                "org.jspecify..",
                "dev.stretcher.text",
                "dev.stretcher.process",
                "dev.stretcher.file"))
        .check(CORE);
    classes()
        .that()
        .resideInAPackage("dev.stretcher.trust")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "java..", "org.jspecify..", "dev.stretcher.text", "dev.stretcher.trust"))
        .check(CORE);
  }

  @Test
  void partsOfTheEngineDoNotKnowEachOther() {
    slices().matching("dev.stretcher.internal.(*)..").should().notDependOnEachOther().check(CORE);
  }

  @Test
  void noTypeOfALibraryLeaksFromAPublicSignature() {
    noMethods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat(
            resideInAnyPackage(
                "dev.stretcher",
                "dev.stretcher.spi",
                "dev.stretcher.manifest",
                "dev.stretcher.text",
                "dev.stretcher.process",
                "dev.stretcher.file"))
        .should()
        .haveRawReturnType(foreign())
        .orShould()
        .haveRawParameterTypes(
            com.tngtech.archunit.base.DescribedPredicate.anyElementThat(foreign()))
        .check(CORE);
  }

  private static com.tngtech.archunit.base.DescribedPredicate<
          com.tngtech.archunit.core.domain.JavaClass>
      foreign() {
    return resideInAnyPackage("com..", "org..", "okhttp3..", "info..", "software..")
        .as("of a library");
  }
}
