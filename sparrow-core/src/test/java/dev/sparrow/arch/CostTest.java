package dev.sparrow.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sparrow.BadInput;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.config.Objective;
import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Costs by hand, and ResNet-18's as counted by hooks on the same network in torch. */
class CostTest {

  /** conv 3 -> 4 on 8x8, stride 2: 16 positions x 4 x 27 = 1,728; linear 4 -> 6: 24. */
  private static Blueprint tiny() {
    BlueprintBuilder net = new BlueprintBuilder("tiny", 8);
    net.linear("fc", net.globalAvgPool(net.batchNormRelu("bn", net.conv("conv", net.image(), 4, 3, 2))), 6);
    return net.build();
  }

  @Test
  void countsConvolutionsAndLinearLayers() {
    InferenceCost cost = InferenceCost.of(tiny());
    assertThat(cost.layers())
        .containsExactly(
            new LayerCost("conv.weight", Shape.of(4, 3, 3, 3), Shape.of(4, 4, 4), 1728, 121 / 9.0),
            new LayerCost("fc.weight", Shape.of(6, 4), Shape.of(6), 24, 1));
    assertThat(cost.macs()).isEqualTo(1752);
  }

  /** Per axis: 2 + 3 + 3 + 2 pairs of 4 outputs and 3 places; without a border every output; every second of 8; 1. */
  @Test
  void usesAreThePixelsThatAWeightMeets() {
    BlueprintBuilder net = new BlueprintBuilder("uses", 8);
    net.linear("fc", net.globalAvgPool(net.conv("small", net.maxPool(net.conv("first", net.image(), 4, 1, 1), 2), 4, 3, 1)), 6);
    assertThat(InferenceCost.of(net.build()).uses())
        .containsExactly(Map.entry("first.weight", 64.0), Map.entry("small.weight", 100 / 9.0), Map.entry("fc.weight", 1.0));
    BlueprintBuilder strided = new BlueprintBuilder("strided", 8);
    strided.linear("fc", strided.globalAvgPool(strided.conv("shortcut", strided.image(), 4, 1, 2)), 6);
    assertThat(InferenceCost.of(strided.build()).uses()).containsEntry("shortcut.weight", 16.0);
  }

  /** 555,422,720 and 2,221,675,520: forward hooks over torch's modules; the paper's 0.5554 GMAC. */
  @ParameterizedTest
  @CsvSource({"32,555422720", "64,2221675520"})
  void preActResNet18(int imageSize, long macs) {
    assertThat(InferenceCost.of(Blueprints.create(NetworkConfig.DEFAULT, 10, imageSize, Density.DENSE)).macs()).isEqualTo(macs);
  }

  @Test
  void activeMacsFollowTheDensities() {
    InferenceCost cost = InferenceCost.of(tiny());
    assertThat(cost.activeMacs(Map.of())).isEqualTo(1752);
    assertThat(cost.activeMacs(Map.of("conv.weight", 0.25))).isEqualTo(432 + 24);
    assertThat(cost.activeMacs(Map.of("conv.weight", 0.5, "fc.weight", 0.0))).isEqualTo(864);
  }

  @Test
  void refusesDensitiesOfOtherNetworks() {
    InferenceCost cost = InferenceCost.of(tiny());
    assertThatThrownBy(() -> cost.activeMacs(Map.of("z.weight", 0.5, "fc.weight", 0.5, "a.weight", 1.0)))
        .isInstanceOf(BadInput.class)
        .hasMessage("densities: expected names of the network's weights, got a.weight, z.weight (inference cost)");
    assertThatThrownBy(() -> cost.activeMacs(Map.of("fc.weight", 1.5)))
        .isInstanceOf(BadInput.class)
        .hasMessage("density: expected a number in [0, 1], got 1.5 (fc.weight)");
  }

  @ParameterizedTest
  @CsvSource({"STANDARD,10,3,3", "FGSM,10,6,5", "PGD,10,33,23", "PGD,7,24,17"})
  void unitsOfAnImage(Objective objective, int steps, int paper, int honest) {
    assertThat(TrainingUnits.of(objective, steps)).isEqualTo(new TrainingUnits(paper, honest));
  }

  /** 100 images at 1,000 active of 2,000, then 300 at 500: honest 23 (100,000 + 150,000) 2, paper 33 x 400 x 500 x 2. */
  @Test
  void honestCountIntegratesTheDensity() {
    TrainingFlops flops = TrainingFlops.of(TrainingUnits.afterAttack(10), 400, 2000, 500, 100 * 1000 + 300 * 500);
    assertThat(flops.dense()).isEqualTo(52_800_000);
    assertThat(flops.paper()).isEqualTo(13_200_000);
    assertThat(flops.honest()).isEqualTo(11_500_000);
  }

  /** Two hundred epochs of CIFAR do not overflow: 33 x 2 x 0.5554e9 x 45,000 x 200. */
  @Test
  void stagesAdd() {
    TrainingFlops run = TrainingFlops.of(TrainingUnits.afterAttack(10), 9_000_000, 555_422_720, 111_084_544, 9e6 * 111_084_544);
    assertThat(run.dense()).isCloseTo(3.2992e17, within(1e13));
    assertThat(run.paper() / run.dense()).isCloseTo(0.2, within(1e-12));
    TrainingFlops search = TrainingFlops.of(TrainingUnits.afterAttack(0), 5, 10, 10, 50);
    assertThat(search).isEqualTo(new TrainingFlops(300, 300, 300));
    assertThat(search.afterSearch(7)).as("the paper does not count a search").isEqualTo(new TrainingFlops(300, 300, 307));
  }

  @Test
  void quotas() {
    QuotaSummary quotas = QuotaSummary.of(tiny(), Map.of("conv.weight", new Density(0.1), "fc.weight", new Density(0.001)));
    // conv: 108 - int(0.9 x 108 = 97.2) = 11; fc: 24 - int(23.976) = 1
    assertThat(quotas.layers().stream().map(QuotaSummary.Layer::nonzeros)).containsExactly(11L, 1L);
    assertThat(quotas.nonzeros()).isEqualTo(12);
    assertThat(quotas.density()).isEqualTo(12.0 / 132);
    assertThatThrownBy(() -> QuotaSummary.of(tiny(), Map.of("fc.weight", Density.DENSE)))
        .isInstanceOf(BadInput.class)
        .hasMessage("densities: expected one for each of [conv.weight, fc.weight], got [fc.weight] (tiny)");
  }

  @Test
  void json() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    Map<String, Density> dense = tiny().prunable().keySet().stream().collect(Collectors.toMap(name -> name, name -> Density.DENSE));
    assertThat(mapper.readTree(mapper.writeValueAsString(BlueprintSummary.of(tiny()))))
        .isEqualTo(
            mapper.readTree(
                "{\"arch\":\"tiny\",\"imageSize\":8,\"numClasses\":6,\"parameters\":146,\"prunable\":132,\"layers\":["
                    + "{\"name\":\"conv.weight\",\"shape\":[4,3,3,3]},{\"name\":\"bn.weight\",\"shape\":[4]},{\"name\":\"bn.bias\",\"shape\":[4]},"
                    + "{\"name\":\"fc.weight\",\"shape\":[6,4]},{\"name\":\"fc.bias\",\"shape\":[6]}]}"));
    assertThat(mapper.writeValueAsString(QuotaSummary.of(tiny(), dense)))
        .isEqualTo(
            "{\"arch\":\"tiny\",\"density\":1.0,\"nonzeros\":132,\"layers\":[{\"name\":\"conv.weight\",\"shape\":[4,3,3,3],\"density\":1.0,"
                + "\"nonzeros\":108},{\"name\":\"fc.weight\",\"shape\":[6,4],\"density\":1.0,\"nonzeros\":24}]}");
    assertThat(mapper.writeValueAsString(InferenceCost.of(tiny())))
        .startsWith("{\"macs\":1752,\"layers\":[{\"name\":\"conv.weight\",\"weight\":[4,3,3,3],\"output\":[4,4,4],\"macs\":1728,\"uses\":13.4");
    assertThat(mapper.writeValueAsString(new TrainingFlops(0, 0, 0))).isEqualTo("{\"dense\":0.0,\"paper\":0.0,\"honest\":0.0}");
  }
}
