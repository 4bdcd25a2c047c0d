package dev.sparrow.examples;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;

/** What the programs need of the library is promised to stay. */
class ApiUseTest {

  @Test
  void programsUseWhatIsMarked() {
    noClasses()
        .that()
        .resideInAPackage("dev.sparrow.examples")
        .should()
        .dependOnClassesThat(describe("are Sparrow's and no API", ApiUseTest::isInternal))
        .check(
            new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.sparrow"));
  }

  /** A type inside a marked one is marked with it. */
  private static boolean isInternal(JavaClass type) {
    return type.getPackageName().startsWith("dev.sparrow")
        && !type.getPackageName().equals("dev.sparrow.examples")
        && !type.isAnnotatedWith(API.class)
        && type.getEnclosingClass().map(ApiUseTest::isInternal).orElse(true);
  }
}
