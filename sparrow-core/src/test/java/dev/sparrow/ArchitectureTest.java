package dev.sparrow;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.TreeSet;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

/** The packages follow one another: a later one may use an earlier one, never the reverse, and libtorch stays where it belongs. */
class ArchitectureTest {

  /** In dependency direction. A new package is one row here. */
  private static final List<String> PACKAGES =
      List.of(
          "units", "io", "schedule", "allocation", "data", "config", "arch", "kernel", "tensor", "nn", "model", "engine", "mask", "loss", "attack",
          "prune", "sparse", "report", "checkpoint", "inference", "eval", "train", "sweep", "analysis", "interop", "distributed", "bench", "cli");

  private static final List<String> NATIVE_FREE = List.of("units", "io", "schedule", "allocation", "data", "config", "arch", "kernel", "report", "inference", "interop.onnx");

  private static final List<String> ENGINE = List.of("tensor", "nn", "model", "engine", "distributed");

  private static final String BYTEDECO = "org.bytedeco..";

  /** A tensor and the plainest arguments of its methods; {@code dev.sparrow.tensor} wraps the rest. */
  private static final Class<?>[] CURRENCY = {Tensor.class, Scalar.class, ScalarType.class, Device.class, NoGradGuard.class};

  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.sparrow");

  @Test
  void everyPackageHasItsPlace() {
    TreeSet<String> packages = new TreeSet<>();
    CLASSES.forEach(type -> packages.add(type.getPackageName().replaceAll("^(dev\\.sparrow\\.\\w+).*", "$1"))); // a sub-package is part of its parent
    packages.remove("dev.sparrow");
    assertThat(packages).isSubsetOf(PACKAGES.stream().map(name -> full(name)).toList());
  }

  @Test
  void laterPackagesUseEarlierOnesOnly() {
    for (int i = 0; i + 1 < PACKAGES.size(); i++) {
      String[] later = full(PACKAGES.subList(i + 1, PACKAGES.size()));
      noClasses()
          .that()
          .resideInAPackage(full(PACKAGES.get(i)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(later)
          .allowEmptyShould(true)
          .check(CLASSES);
    }
  }

  @Test
  void whatNeedsNoTensorLoadsNoLibtorch() {
    noClasses().that().resideInAnyPackage(full(NATIVE_FREE)).should().dependOnClassesThat().resideInAPackage(BYTEDECO).check(CLASSES);
  }

  @Test
  void onlyTheEngineKnowsMoreOfLibtorchThanATensor() {
    noClasses()
        .that()
        .resideOutsideOfPackages(full(ENGINE))
        .should()
        .dependOnClassesThat(resideInAPackage(BYTEDECO).and(not(belongToAnyOf(CURRENCY))))
        .check(CLASSES);
  }

  @Test
  void onlyTheEngineDifferentiates() {
    noClasses()
        .that()
        .resideOutsideOfPackages(full(ENGINE))
        .should()
        .callMethod(Tensor.class, "backward")
        .orShould()
        .callMethod(Tensor.class, "set_requires_grad", boolean.class)
        .check(CLASSES);
  }

  private static String full(String name) {
    return "dev.sparrow." + name;
  }

  private static String[] full(List<String> names) {
    return names.stream().map(ArchitectureTest::full).toArray(String[]::new);
  }
}
