package dev.sparrow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.allocation.AllocationKind;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.BlueprintBuilder;
import dev.sparrow.arch.BlueprintCut;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.engine.TimePrediction.Rates;
import dev.sparrow.tensor.Precision;
import dev.sparrow.units.Density;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimePredictionTest {

  /** Pixels: 8x8, a 1x1 convolution to 4 channels, one to 5, and a linear layer: 768, 1,280 and 30 products; 256, 320 and 6 elements. */
  private static Blueprint tiny() {
    BlueprintBuilder net = new BlueprintBuilder("tiny", 8);
    net.linear("fc", net.globalAvgPool(net.conv("b", net.conv("a", net.image(), 4, 1, 1), 5, 1, 1)), 6);
    return net.build();
  }

  @Test
  void costsByHand() {
    TimePrediction prediction = new TimePrediction(tiny(), Map.of("a.weight", 0.5, "b.weight", 0.25), new Rates(1, 10, 3, 100, 1000));
    assertThat(prediction.cost(Placement.DENSE)).isEqualTo(768 + 1280 + 30 + 10 * (256 + 320 + 6));
    assertThat(prediction.cost(Placement.SPARSE)).isEqualTo(3 * (384 + 320 + 30) + 100 * (256 + 320 + 6));
    Placement split = new Placement.Split(BlueprintCut.of(tiny()).get(0));
    assertThat(split.label()).isEqualTo("dense before b");
    assertThat(prediction.cost(split)).isEqualTo(768 + 10 * 256 + 1000 * 256 + 3 * (320 + 30) + 100 * (320 + 6));
  }

  /** Uniform zeros are gained from everywhere, IGQ's behind the dense first layers; nothing is gained from none. */
  @ParameterizedTest
  @CsvSource({"UNIFORM,0.1,sparse", "UNIFORM,0.2,sparse", "IGQ,0.2,dense before", "UNIFORM,1,none", "UNIFORM,0.9,none"})
  void candidatesOfResNet18(AllocationKind kind, double density, String expected) {
    Blueprint resnet = Blueprints.create(NetworkConfig.DEFAULT, 10, 32, Density.DENSE);
    Map<String, Double> densities = new LinkedHashMap<>();
    resnet.allocation(kind).allocate(resnet.prunable(), new Density(density)).forEach((name, share) -> densities.put(name, share.value()));
    List<Placement> candidates = new TimePrediction(resnet, densities, Rates.of(Precision.BF16)).candidates();
    assertThat(candidates.stream().findFirst().map(Placement::label).orElse("none")).startsWith(expected);
    assertThat(candidates).hasSizeLessThanOrEqualTo(3);
  }
}
