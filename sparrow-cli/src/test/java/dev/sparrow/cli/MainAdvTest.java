package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference's command lines. Those of its README and scripts are verbatim, brackets, blanks after backslashes and all. */
class MainAdvTest {

  private static final String DENSE =
      """
      python -u main_adv.py \\
      \t--data [data/cifar10] \\\s
      \t--dataset cifar10 \\
      \t--arch resnet18 \\
      \t--save_dir [experiment/dense]\s
      """;

  private static final String FLYING_BIRD =
      """
      python -u main_adv.py \\
      \t--data [data/cifar10] \\\s
      \t--dataset cifar10 \\
      \t--arch resnet18 \\
      \t--save_dir [experiment/fb] \\
      \t--density 0.2 \\
      \t--dynamic_fre \\
      \t--fb
      """;

  private static final String FLYING_BIRD_PLUS =
      """
      python -u main_adv.py \\
      \t--data [data/cifar10] \\\s
      \t--dataset cifar10 \\
      \t--arch resnet18 \\
      \t--save_dir [experiment/fb+] \\
      \t--density 0.2 \\
      \t--dynamic_fre \\
      \t--fbp
      """;

  @TempDir private Path folder;

  private static Program.Outcome run(String readme, String... more) {
    return ReferenceLine.run("main_adv", readme, more);
  }

  private static JsonNode config(String readme) {
    Program.Outcome outcome = run(readme, "--print-config");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return Json.parse(outcome.out(), JsonNode.class, readme);
  }

  @Test
  void dense() {
    JsonNode config = config(DENSE);
    assertThat(config.at("/method").asText()).isEqualTo("dense");
    assertThat(config.at("/data").toString()).isEqualTo("{\"dataset\":\"cifar10\",\"dir\":\"data/cifar10\",\"limitTrain\":0,\"limitTest\":0}");
    assertRecipe(config);
    assertThat(run(DENSE, "--print-config").errorLines())
        .containsExactly(
            "main_adv: sparrow train --method dense --data data/cifar10 --dataset cifar10 --arch resnet18 --save-dir experiment/dense --print-config");
  }

  @Test
  void flyingBird() {
    JsonNode config = config(FLYING_BIRD);
    assertThat(config.at("/method").asText()).isEqualTo("flying-bird");
    assertRecipe(config);
    assertSparsity(config);
  }

  @Test
  void flyingBirdPlus() {
    JsonNode config = config(FLYING_BIRD_PLUS);
    assertThat(config.at("/method").asText()).isEqualTo("flying-bird-plus");
    assertRecipe(config);
    assertSparsity(config);
    assertThat(run(FLYING_BIRD_PLUS, "--print-config").err()).contains("--save-dir experiment/fb+ ");
  }

  /** The defaults of the reference's argument parser. */
  private static void assertRecipe(JsonNode config) {
    assertThat(config.at("/network/arch").asText()).isEqualTo("resnet18");
    assertThat(config.at("/network/width").asInt()).isEqualTo(64);
    assertThat(config.at("/seed").asInt()).isEqualTo(1);
    assertThat(config.at("/epochs").asInt()).isEqualTo(200);
    assertThat(config.at("/batchSize").asInt()).isEqualTo(128);
    assertThat(config.at("/objective").asText()).isEqualTo("pgd");
    assertThat(config.at("/attackMode").asText()).isEqualTo("train");
    assertThat(config.at("/optimizer").toString())
        .isEqualTo("{\"lr\":0.1,\"lrSchedule\":\"multistep\",\"lrMilestones\":[100,150],\"momentum\":0.9,\"weightDecay\":5.0E-4}");
    assertThat(config.at("/trainAttack").toString())
        .isEqualTo("{\"norm\":\"linf\",\"eps\":\"8/255\",\"stepSize\":\"2/255\",\"steps\":10,\"randomStart\":true}");
    assertThat(config.at("/testAttack").toString())
        .isEqualTo("{\"norm\":\"linf\",\"eps\":\"8/255\",\"stepSize\":\"2/255\",\"steps\":20,\"randomStart\":true}");
  }

  private static void assertSparsity(JsonNode config) {
    assertThat(config.at("/sparsity").toString())
        .isEqualTo(
            "{\"density\":0.2,\"init\":\"igq\",\"growth\":\"random\",\"dropFraction\":0.5,\"dropSchedule\":\"cosine\",\"updateFrequency\":900,"
                + "\"secondUpdateFrequency\":1200,\"dynamicFrequency\":true,\"dynamicEpoch\":100,\"window\":4,\"updateThreshold\":0.5,"
                + "\"pruneRatio\":0.4,\"growthRatio\":0.05}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --fb --fix | /method | static
          --fb --fbp | /method | flying-bird-plus
          --fix | /method | dense
          --train_eps 4 | /trainAttack/eps | 4/255
          --train_gamma 1.5 | /trainAttack/stepSize | 1.5/255
          --train_step 7 | /trainAttack/steps | 7
          --train_randinit | /trainAttack/randomStart | false
          --train_randinit | /testAttack/randomStart | true
          --test_randinit | /testAttack/randomStart | false
          --test_eps 16 | /testAttack/eps | 16/255
          --test_step 50 | /testAttack/steps | 50
          --norm l2 | /testAttack/norm | l2
          --decreasing_lr 50,75 | /optimizer/lrMilestones/1 | 75
          --weight_decay 0.001 | /optimizer/weightDecay | 0.001
          --batch_size 64 | /batchSize | 64
          --sparse_init fixed_ERK --fb | /sparsity/init | erk
          --sparse_init ER --fb | /sparsity/init | er
          --growth momentum_neuron --fb | /sparsity/growth | momentum-neuron
          --growth gradient --fbp | /sparsity/growth | gradient
          --death-rate 0.3 --fb | /sparsity/dropFraction | 0.3
          --death_rate 0.3 --fb | /sparsity/dropFraction | 0.3
          --decay-schedule constant --fb | /sparsity/dropSchedule | constant
          --update_frequency 1000 --fb | /sparsity/updateFrequency | 1000
          --second_frequency 1500 --fb | /sparsity/secondUpdateFrequency | 1500
          --dynamic_epoch 50 --fbp | /sparsity/dynamicEpoch | 50
          --epoch_range 6 --fbp | /sparsity/window | 6
          --update_threshold 0.75 --fbp | /sparsity/updateThreshold | 0.75
          --prune_ratio 0.2 --fbp | /sparsity/pruneRatio | 0.2
          --growth_ratio 0.1 --fbp | /sparsity/growthRatio | 0.1
          --arch wideresnet --depth_factor 28 --width_factor 4 | /network/depthFactor | 28
          --gpu 1 | /runtime/device | cuda:1
          --fb --dynamic-epoch 3 | /sparsity/dynamicEpoch | 3
          --method rigl | /method | rigl
          --width 8 --checkpoint-every 10 | /network/width | 8
          --train-eps 4/255 | /trainAttack/eps | 4/255
          """)
  void otherOptions(String options, String pointer, String value) {
    JsonNode config = config("main_adv.py --data data/cifar10 " + options);
    assertThat(config.at(pointer).asText()).isEqualTo(value);
  }

  @Test
  void optionsWithoutMeaningGetALine() {
    Program.Outcome outcome = run("main_adv.py --data d --fb --print_freq 10 --death SET --redistribution none --reset", "--print-config");
    assertThat(outcome.errorLines().subList(0, 3))
        .containsExactly(
            "--print_freq 10: accepted; progress is always shown",
            "--death SET: accepted; weights are always dropped by magnitude",
            "--reset true: accepted; does nothing in the reference either");
  }

  @Test
  void resumeContinuesTheFolder() {
    List<String> words =
        new MainAdvScript()
            .translate(
                new ReferenceCommandLine(
                    Map.of(MainAdvOptions.RESUME, "true", MainAdvOptions.RESUME_DIR, "[experiment/fb]"), List.of("--threads", "2")))
            .words();
    assertThat(words).containsSubsequence("train", "--save-dir", "experiment/fb", "--resume", "--threads", "2");
  }

  @Test
  void evalBecomesEvaluate() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    assertThat(run("main_adv.py --data d --dataset cifar10 --arch vgg16 --eval --pretrained w.safetensors --test_eps 4 --fb").errorLines().get(0))
        .isEqualTo("main_adv: sparrow evaluate --weights w.safetensors --data d --dataset cifar10 --arch vgg16 --test-eps 4/255");
    assertThat(run("main_adv.py --data d --dataset cifar10 --arch vgg16 --eval --pretrained " + run).errorLines().get(0))
        .isEqualTo("main_adv: sparrow evaluate " + run + " --data d --dataset cifar10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --eval | --pretrained: expected a file or run folder, with --eval, got nothing
          --sparse_init magic --fb | --sparse_init: expected one of igq, uniform, fixed_ERK, ER, got 'magic'
          """)
  void mistakesAreOneLine(String options, String message) {
    Program.Outcome outcome = run("main_adv.py --data d --dataset cifar10 --arch resnet18 " + options);
    assertThat(outcome.errorLines()).containsExactly(message);
    assertThat(outcome.exitCode()).isEqualTo(2);
  }
}
