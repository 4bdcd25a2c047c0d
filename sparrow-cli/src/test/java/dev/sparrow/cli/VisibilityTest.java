package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;

/** What nobody outside of its package needs is seen by nobody. Here and not in the library, since its program counts as a user. */
class VisibilityTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.sparrow");

  @Test
  void aPublicTypeIsApiOrServesAnotherPackage() {
    assertThat(CLASSES.stream().filter(VisibilityTest::isNeedlesslyPublic).map(JavaClass::getName)).isEmpty();
  }

  private static boolean isNeedlesslyPublic(JavaClass type) {
    return type.isTopLevelClass()
        && type.getModifiers().contains(JavaModifier.PUBLIC)
        && !type.isAnnotatedWith(API.class)
        && !type.getPackageName().equals("dev.sparrow.cli") // its public types are found by name
        && !type.isAssignableTo(Throwable.class) // a catch clause is no dependency in bytecode
        && type.getDirectDependenciesToSelf().stream().allMatch(dependency -> isInside(dependency.getOriginClass(), type));
  }

  /** A lambda leaves no name of its interface with the caller, so being a parameter of a public type counts as use. */
  private static boolean isInside(JavaClass user, JavaClass type) {
    boolean parameter = type.isInterface() && user.getModifiers().contains(JavaModifier.PUBLIC);
    return user.getPackageName().equals(type.getPackageName()) && !parameter;
  }
}
