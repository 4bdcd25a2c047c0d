package dev.sparrow;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;

/** What is promised to users is marked, and asks for nothing that is not. */
class ApiTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.sparrow");

  @Test
  void theApiMentionsNothingElseOfSparrow() {
    Set<String> strangers = new TreeSet<>();
    CLASSES.stream()
        .filter(ApiTest::isApi)
        .flatMap(type -> type.getMembers().stream())
        .filter(ApiTest::isVisible)
        .forEach(member -> mentioned(member).filter(ApiTest::isHidden).forEach(type -> strangers.add(type.getFullName() + " in " + member.getFullName())));
    assertThat(strangers).isEmpty();
  }

  @Test
  void onlyPublicTypesAreApi() {
    assertThat(CLASSES.stream().filter(ApiTest::isMarked).filter(type -> !type.getModifiers().contains(JavaModifier.PUBLIC))).isEmpty();
  }

  private static boolean isHidden(JavaClass type) {
    return type.getPackageName().startsWith("dev.sparrow") && type.getModifiers().contains(JavaModifier.PUBLIC) && !isApi(type);
  }

  /** Marked itself, or a visible part of a type that is. */
  private static boolean isApi(JavaClass type) {
    return isMarked(type)
        || type.getModifiers().contains(JavaModifier.PUBLIC) && type.getEnclosingClass().filter(ApiTest::isApi).isPresent();
  }

  private static boolean isMarked(JavaClass type) {
    return type.isAnnotatedWith(API.class);
  }

  private static boolean isVisible(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC) || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static Stream<JavaClass> mentioned(JavaMember member) {
    if (member instanceof JavaCodeUnit unit) {
      Stream<JavaClass> parameters = unit.getParameterTypes().stream().flatMap(type -> type.getAllInvolvedRawTypes().stream());
      return Stream.of(parameters, unit.getReturnType().getAllInvolvedRawTypes().stream(), unit.getExceptionTypes().stream())
          .flatMap(types -> types)
          .map(JavaClass::getBaseComponentType);
    }
    return ((JavaField) member).getType().getAllInvolvedRawTypes().stream().map(JavaClass::getBaseComponentType);
  }
}
