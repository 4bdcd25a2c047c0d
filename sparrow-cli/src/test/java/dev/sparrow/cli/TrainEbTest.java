package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.io.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference's command lines for Robust Bird; that of its README is verbatim. */
class TrainEbTest {

  private static final String README =
      """
      cd Robust-Bird
      python train_eb.py \\
      \t--stage1 sgd \\
      \t--epochs1 200 \\
      \t--stage2 pgd \\
      \t--epochs2 200 \\
      \t--arch resnet18 \\
      \t--data data/cifar10 \\
      \t--pruning unstructured \\
      \t--density 0.2 \\
      \t--save_dir [experiment/rb]
      """;

  /** The options that the reference's parser insists on, and nothing else. */
  private static final String LEAST =
      "train_eb.py --stage2 pgd --epochs2 30 --arch resnet18 --pruning unstructured --density 0.1 --data data/cifar10 --save_dir rb ";

  private static Program.Outcome run(String readme, String... more) {
    return ReferenceLine.run("train_eb", readme, more);
  }

  private static JsonNode config(String readme) {
    Program.Outcome outcome = run(readme, "--print-config");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return Json.parse(outcome.out(), JsonNode.class, readme);
  }

  @Test
  void readme() {
    JsonNode config = config(README);
    assertThat(config.at("/method").asText()).isEqualTo("robust-bird");
    assertThat(config.at("/sparsity/density").asDouble()).isEqualTo(0.2);
    assertThat(config.at("/epochs").asInt()).isEqualTo(200);
    assertDefaults(config);
    assertThat(run(README, "--print-config").errorLines())
        .containsExactly(
            "--save_dir experiment/rb: one run folder for both stages, not store/experiment/rb_stage1 and _stage2",
            "train_eb: sparrow robust-bird --stage1 sgd --stage1-epochs 200 --stage2 pgd --epochs 200 --arch resnet18 --pruning unstructured"
                + " --density 0.2 --data data/cifar10 --save-dir experiment/rb --dataset cifar10 --lr-milestones 50,150 --print-config");
  }

  @Test
  void withoutAFirstStageItIsSgd() {
    JsonNode config = config(LEAST);
    assertThat(config.at("/epochs").asInt()).isEqualTo(30);
    assertDefaults(config);
    assertThat(run(LEAST, "--print-config").errorLines())
        .startsWith(
            "--stage1: sgd; the reference fails without it",
            "--save_dir rb: one run folder for both stages, not store/rb_stage1 and _stage2");
  }

  /** The defaults of the reference's argument parser, and the constants of its early bird. */
  private static void assertDefaults(JsonNode config) {
    assertThat(config.at("/data").toString()).isEqualTo("{\"dataset\":\"cifar10\",\"dir\":\"data/cifar10\",\"limitTrain\":0,\"limitTest\":0}");
    assertThat(config.at("/network/arch").asText()).isEqualTo("resnet18");
    assertThat(config.at("/network/width").asInt()).isEqualTo(64);
    assertThat(config.at("/objective").asText()).isEqualTo("pgd");
    assertThat(config.at("/attackMode").asText()).isEqualTo("train");
    assertThat(config.at("/earlyBird").toString())
        .isEqualTo("{\"pruning\":\"unstructured\",\"objective\":\"sgd\",\"epochs\":200,\"lrMilestones\":[50,150],\"window\":5}");
    assertThat(config.at("/batchSize").asInt()).isEqualTo(128);
    assertThat(config.at("/optimizer").toString())
        .isEqualTo("{\"lr\":0.1,\"lrSchedule\":\"multistep\",\"lrMilestones\":[50,150],\"momentum\":0.9,\"weightDecay\":5.0E-4}");
    assertThat(config.at("/trainAttack").toString())
        .isEqualTo("{\"norm\":\"linf\",\"eps\":\"8/255\",\"stepSize\":\"2/255\",\"steps\":10,\"randomStart\":true}");
    assertThat(config.at("/testAttack").toString())
        .isEqualTo("{\"norm\":\"linf\",\"eps\":\"8/255\",\"stepSize\":\"2/255\",\"steps\":20,\"randomStart\":true}");
    assertThat(config.at("/testEvery").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --stage1 fast | /earlyBird/objective | fast
          --stage1 pgd | /earlyBird/objective | pgd
          --epochs1 60 | /earlyBird/epochs | 60
          --stage1_pretrained runs/first | /earlyBird/pretrained | runs/first
          --decreasing_lr 10,20 | /earlyBird/lrMilestones/1 | 20
          --decreasing_lr 10,20 | /optimizer/lrMilestones/0 | 10
          --print_freq 5 | /earlyBird/window | 5
          --batch_size 64 | /batchSize | 64
          --lr 0.2 | /optimizer/lr | 0.2
          --momentum 0.8 | /optimizer/momentum | 0.8
          --weight_decay 0.001 | /optimizer/weightDecay | 0.001
          --norm l2 | /trainAttack/norm | l2
          --train_eps 4 | /trainAttack/eps | 4/255
          --train_step 7 | /trainAttack/steps | 7
          --train_gamma 1.5 | /trainAttack/stepSize | 1.5/255
          --train_randinit | /trainAttack/randomStart | false
          --train_randinit | /testAttack/randomStart | true
          --test_eps 16 | /testAttack/eps | 16/255
          --test_step 50 | /testAttack/steps | 50
          --test_gamma 1 | /testAttack/stepSize | 1/255
          --test_randinit | /testAttack/randomStart | false
          --depth_factor 28 | /network/depthFactor | 28
          --width_factor 4 | /network/widthFactor | 4
          --stage1 fast --lr-schedule cosine | /optimizer/lrSchedule | cosine
          --dataset imagefolder | /data/dataset | imagefolder
          --width 8 --checkpoint-every 10 | /network/width | 8
          --lr-milestones 7,9 | /optimizer/lrMilestones/0 | 7
          --ticket-threshold 0.05 | /earlyBird/threshold | 0.05
          """)
  void otherOptions(String options, String pointer, String value) {
    assertThat(config(LEAST + options).at(pointer).asText()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --stage2 sgd | /objective | standard
          --stage2 fast | /objective | fgsm
          --stage2 fast | /optimizer/lrSchedule | cyclic
          --stage2 fast | /attackMode | eval
          --stage2 fast | /optimizer/lr | 0.2
          --stage2 fast | /earlyBird/lr | 0.1
          --stage2 fast --lr 0.3 | /optimizer/lr | 0.2
          --stage2 fast --lr 0.3 | /earlyBird/lr | 0.3
          --stage2 fast --stage1 fast | /optimizer/lr | 0.2
          --stage2 fast --stage1 fast --lr 0.3 | /optimizer/lr | 0.2
          --stage2 fast --stage1 fast --lr 0.3 | /earlyBird/lr | ''
          --stage2 fast --stage1_pretrained weights.safetensors | /optimizer/lr | 0.2
          --arch wideresnet | /network/arch | wideresnet
          --arch vgg16_bn | /network/arch | vgg16
          --pruning channel | /earlyBird/pruning | channel
          --data /sets/cifar100/raw | /data/dataset | cifar100
          --data /cifar10/and/cifar100 | /data/dataset | cifar100
          --data [tiny_imagenet] | /data/dataset | tinyimagenet
          --data [tiny_imagenet] | /data/dir | tiny_imagenet
          """)
  void requiredOptions(String option, String pointer, String value) {
    String name = option.split(" ")[0];
    assertThat(config(LEAST.replaceFirst(name + " \\S+", option)).at(pointer).asText()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --data mine | --data: expected a path that says cifar10, cifar100 or tiny_imagenet, or --dataset beside it, got 'mine'
          --stage2 adam | --stage2: expected one of sgd, fast, pgd, got 'adam'
          --pruning rows | --pruning: expected one of unstructured, channel, got 'rows'
          """)
  void mistakesAreOneLine(String option, String message) {
    String name = option.split(" ")[0];
    Program.Outcome outcome = run(LEAST.replaceFirst(name + " \\S+", option), "--print-config");
    assertThat(outcome.errorLines()).last().isEqualTo(message);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fast --stage1 fast --lr 0.3 | --lr 0.3: no effect; fast training rises to 0.2
          fast --stage1_pretrained runs/first --lr 0.3 | --lr 0.3: no effect; fast training rises to 0.2
          fast --stage1 pgd | --stage2 fast: attack in evaluation mode, in the first stage too, where the reference's is in train mode
          """)
  void whatFastTrainingOverrulesGetsALine(String options, String line) {
    assertThat(run(LEAST.replace("pgd", options), "--print-config").errorLines()).contains(line);
    assertThat(run(LEAST.replace("pgd", "fast --lr 0.3"), "--print-config").errorLines())
        .noneMatch(text -> text.startsWith("--lr") || text.startsWith("--stage2"));
  }

  @Test
  void requiredOptionsAreNamed() {
    Program.Outcome outcome = run("train_eb.py --arch resnet18 --pruning unstructured --density 0.2 --data data/cifar10 --save_dir rb");
    assertThat(outcome.errorLines()).containsExactly("--stage2, --epochs2: expected a value, got nothing (sparrow train_eb)");
    assertThat(outcome.exitCode()).isEqualTo(2);
  }
}
