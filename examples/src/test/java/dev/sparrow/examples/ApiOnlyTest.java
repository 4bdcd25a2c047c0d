package dev.sparrow.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;

/** What the examples need is what users are promised. */
class ApiOnlyTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.sparrow");

  private static final DescribedPredicate<JavaClass> NO_API =
      DescribedPredicate.describe("no API of the library", type -> type.getPackageName().startsWith("dev.sparrow") && !isExample(type) && !isApi(type));

  @Test
  void examplesUseNothingElse() {
    assertThat(CLASSES.stream().filter(ApiOnlyTest::isExample)).hasSizeGreaterThan(5);
    noClasses().that().resideInAPackage("dev.sparrow.examples").should().dependOnClassesThat(NO_API).check(CLASSES);
  }

  private static boolean isExample(JavaClass type) {
    return type.getPackageName().equals("dev.sparrow.examples");
  }

  /** Marked itself, or part of a type that is. */
  private static boolean isApi(JavaClass type) {
    return type.isAnnotatedWith(API.class) || type.getEnclosingClass().filter(ApiOnlyTest::isApi).isPresent();
  }
}
