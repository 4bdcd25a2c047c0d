package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.config.ConfigFile;
import dev.sparrow.config.ConfigSources;
import dev.sparrow.config.RunConfig;
import dev.sparrow.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What settings files say, and what wins over what. */
class SettingsTest {

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("run.yaml"), text);
  }

  private Path run() throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    RunConfig config = ConfigSources.defaults().set("testAttack.steps=2").set("network.width=3").resolve();
    Files.writeString(run.resolve("config.json"), ConfigFile.text(config));
    return run;
  }

  private JsonNode printed(String command) throws IOException {
    return Program.json(command.replace("RUN", run().toString()).replace("FILE", folder.resolve("run.yaml").toString()) + " --print-config");
  }

  private void assertFails(String command, int exitCode, String message) {
    String name = folder.resolve("run.yaml").toString();
    Program.Outcome outcome = Program.run(command.replace("FILE", name));
    assertThat(outcome.errorLines()).containsExactly(message.replace("FILE", name));
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(exitCode);
  }

  @Test
  void aConfigurationsValueIsTheLastOneGiven() throws IOException {
    String key = "/testAttack/steps";
    assertThat(printed("evaluate --weights w").at(key).asInt()).as("default").isEqualTo(20);
    assertThat(printed("evaluate RUN").at(key).asInt()).as("the run's").isEqualTo(2);
    file("testAttack: {steps: 3}\n");
    assertThat(printed("evaluate RUN --config FILE").at(key).asInt()).as("the file's").isEqualTo(3);
    file("evaluate: {testAttack: {steps: 4}}\nattack: {testAttack.steps: 9}\ntestAttack: {steps: 3}\n");
    assertThat(printed("evaluate RUN --config FILE").at(key).asInt()).as("for this command").isEqualTo(4);
    assertThat(printed("attack RUN --config FILE").at(key).asInt()).as("for another command").isEqualTo(9);
    String typed = "evaluate RUN --config FILE --test-attack-steps 5";
    assertThat(printed(typed).at(key).asInt()).as("typed").isEqualTo(5);
    assertThat(printed(typed + " --set testAttack.steps=6").at(key).asInt()).as("set").isEqualTo(6);
    assertThat(printed(typed + " --set test-attack-steps=7").at(key).asInt()).as("set by its option's name").isEqualTo(7);
    assertThat(printed(typed + " --set evaluate.testAttack.steps=8").at(key).asInt()).as("set in the section").isEqualTo(8);
    assertThat(printed("evaluate RUN").at("/network/width").asInt()).isEqualTo(3);
  }

  @Test
  void anOptionsValueIsTheLastOneGiven() throws IOException {
    String key = "/evaluate/attack";
    assertThat(printed("evaluate RUN").at(key).toString()).as("default").isEqualTo("[\"fgsm\",\"pgd\"]");
    file("evaluate: {attack: [pgd-1, pgd-2]}\nattack: {attack: cw}\n");
    assertThat(printed("evaluate RUN --config FILE").at(key).toString()).as("the file's").isEqualTo("[\"pgd-1\",\"pgd-2\"]");
    assertThat(printed("attack RUN --config FILE").at("/attack/attack").asText()).as("another command's").isEqualTo("cw");
    String typed = "evaluate RUN --config FILE --attack pgd-3";
    assertThat(printed(typed).at(key).toString()).as("typed").isEqualTo("[\"pgd-3\"]");
    assertThat(printed(typed + " --set evaluate.attack=pgd-4,square").at(key).toString()).as("set").isEqualTo("[\"pgd-4\",\"square\"]");
  }

  @Test
  void evaluationsAreInSinglePrecisionUnlessSomethingSaysOtherwise() throws IOException {
    file("runtime: {precision: bf16}\n");
    assertThat(printed("evaluate RUN").at("/runtime/precision").asText()).isEqualTo("fp32");
    assertThat(printed("evaluate RUN --config FILE").at("/runtime/precision").asText()).isEqualTo("bf16");
    assertThat(printed("evaluate RUN --config FILE --precision auto").at("/runtime/precision").asText()).isEqualTo("auto");
  }

  @Test
  void whatACommandInsistsOnMayStandInTheFile() throws IOException {
    file(
        """
        export: {run: runs/first, out: first.onnx, format: onnx, fold: true}
        analyze: {masks: {network: [a, b, c]}}
        data: {download: {name: cifar10}}
        """);
    assertThat(printed("export --config FILE").at("/export").toString())
        .contains("\"run\":\"runs/first\"", "\"out\":\"first.onnx\"", "\"format\":\"onnx\"", "\"fold\":true");
    assertThat(printed("analyze masks --config FILE").at("/analyze/masks/network").toString()).isEqualTo("[\"a\",\"b\",\"c\"]");
    assertThat(printed("data download --config FILE").at("/data/download/name").asText()).isEqualTo("cifar10");
    assertFails("inspect checkpoint --config FILE", 2, "RUN: expected a value, got nothing (sparrow inspect checkpoint)");
    file("export: {run: runs/first}\n");
    assertFails("export --config FILE", 2, "--out: expected a value, got nothing (sparrow export)");
  }

  @Test
  void whatIsTypedVoidsWhatTheFileSaysInAnotherWay() throws IOException {
    file("evaluate: {weights: w, quick: true}\nreport: {json: true, path: a}\n");
    JsonNode evaluate = printed("evaluate RUN --autoattack-version plus --config FILE").at("/evaluate");
    assertThat(evaluate.at("/run").asText()).isEqualTo(folder.resolve("run").toString());
    assertThat(evaluate.has("weights")).isFalse();
    assertThat(evaluate.at("/quick").asBoolean()).isFalse();
    JsonNode other = printed("evaluate RUN --config FILE --set evaluate.weights=v").at("/evaluate");
    assertThat(other.at("/weights").asText()).isEqualTo("v");
    assertThat(other.has("run")).isFalse();
    JsonNode report = printed("report --format csv --config FILE").at("/report");
    assertThat(report.toString()).isEqualTo("{\"path\":[\"a\"],\"format\":\"csv\",\"json\":false}");
    file("report: {format: csv, path: a}\n");
    JsonNode off = printed("report --set report.json=false --config FILE").at("/report");
    assertThat(off.at("/format").asText()).as("a switch that is off says nothing").isEqualTo("csv");
    file("evaluate: {weights: w, run: r}\n");
    assertFails("evaluate --config FILE --print-config", 2, "model: expected a run folder or --weights, got both");
  }

  @Test
  void parametersAreToldApartByTheirPlaces() throws IOException {
    file("analyze: {cka: {other: runs/second}}\n");
    assertThat(printed("analyze cka RUN --config FILE").at("/analyze/cka/other").asText()).isEqualTo("runs/second");
    assertFails("analyze cka --weights w --config FILE", 2, "analyze.cka.other: expected a value of RUN beside it, got none (FILE)");
  }

  @Test
  void switchesAreTurnedOnAndOff() throws IOException {
    file("export: {compact: true, fold: false}\n");
    assertThat(printed("export r --out o --config FILE").at("/export").toString()).contains("\"compact\":true", "\"fold\":false");
    assertThat(printed("export r --out o --compact --set export.compact=false").at("/export/compact").asBoolean()).isFalse();
    file("testAttack: {randomStart: true}\n");
    assertThat(printed("evaluate RUN --no-random-start --config FILE").at("/testAttack/randomStart").asBoolean()).isFalse();
  }

  @Test
  void theFileOfARunStartsTheSameRun() throws IOException {
    Path config = run().resolve("config.json");
    JsonNode stored = Json.read(config, JsonNode.class);
    JsonNode again = Program.json("train --print-config --config " + config);
    assertThat(again.get("hash")).isEqualTo(stored.get("hash"));
    stored.properties().forEach(entry -> assertThat(again.get(entry.getKey())).isEqualTo(entry.getValue()));
    JsonNode stage = Program.json("robust-bird --print-config --stage1 fast --density 0.3");
    Path bird = Files.writeString(folder.resolve("bird.json"), stage.toString());
    assertThat(Program.json("robust-bird --print-config --config " + bird)).isEqualTo(stage);
    assertThat(Program.json("train --print-config --config " + bird).get("hash")).isEqualTo(stage.get("hash"));
  }

  @ParameterizedTest
  @CsvSource({"train, /train/saveDir, runs/experiment", "evaluate --weights w, /data/limitTest, 100", "export, /export/out, experiment.onnx"})
  void theDocumentedExperimentIsOne(String command, String pointer, String value) {
    JsonNode printed = Program.json(command + " --print-config --config " + Path.of("..", "docs", "experiment.yaml"));
    assertThat(printed.at(pointer).asText()).isEqualTo(value);
  }

  @Test
  void scriptsOfTheReferenceHandSettingsOn() throws IOException {
    file("train: {saveDir: runs/second}\nepochs: 3\n");
    JsonNode printed = printed("main_adv --data d --dataset cifar10 --arch resnet18 --fbp --config FILE");
    assertThat(printed.get("epochs").asInt()).isEqualTo(3);
    assertThat(printed.get("method").asText()).isEqualTo("flying-bird-plus");
    assertThat(printed.at("/train/saveDir").asText()).isEqualTo("runs/second");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          evaluate: {quik: true} | configuration key: expected a known one, perhaps 'evaluate.quick', got 'evaluate.quik' (FILE)
          evalute: {quick: true} | configuration key: expected a known one, perhaps 'evaluate.quick', got 'evalute.quick' (FILE)
          evaluate: {limitTest: 5} | configuration key: expected a known one, perhaps 'evaluate.data.limitTest', got 'evaluate.limitTest' (FILE)
          evaluate: {data.limitTst: 5} | configuration key: expected a known one, perhaps 'evaluate.data.limitTest', got 'evaluate.data.limitTst' (FILE)
          export: {batchSize: 5} | configuration key: expected a known one, perhaps 'batchSize', got 'export.batchSize' (FILE)
          densty: 0.1 | configuration key: expected a known one, perhaps 'sparsity.density', got 'densty' (FILE)
          bench: {stp: {batch: 3}} | configuration key: expected a known one, perhaps 'bench.step.batch', got 'bench.stp.batch' (FILE)
          main_adv: {width: 3} | configuration key: expected a known one, perhaps 'network.width', got 'main_adv.width' (FILE)
          evaluate: {quick: maybe} | evaluate.quick: expected true or false, got 'maybe' (FILE)
          evaluate: true | evaluate: expected keys such as 'evaluate.json', got true (FILE)
          attack: {images: 1.5} | attack.images: expected a whole number, got 1.5 (FILE)
          bench: {inference: {warmUp: long}} | bench.inference.warmUp: expected a number, got 'long' (FILE)
          analyze: {corruptions: {severities: [1, two]}} | analyze.corruptions.severities: expected a whole number, got 'two' (FILE)
          evaluate: {testAttack: {steps: many}} | testAttack.steps: expected a whole number, got 'many' (FILE)
          optimizer: {lr: fast} | optimizer.lr: expected a number, got 'fast' (FILE)
          export: {out: [a, b]} | export.out: expected a text, got ["a","b"] (FILE)
          report: {path: []} | report.path: expected one value or more, got [] (FILE)
          export: {printConfig: true} | export.printConfig: expected to be on the command line alone, got true (FILE)
          {export: {out: a}, export.out: b} | export.out: expected one value, got "a" and "b" (FILE)
          """)
  void mistakesInSectionsOfAnyCommandAreOneLine(String text, String message) throws IOException {
    file(text);
    assertFails("export runs/first --out x --config FILE", 1, message);
    assertFails("evaluate runs/first --config FILE", 1, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          attack --weights w --config FILE | attack.images: expected a whole number of at least 1, got 0 (FILE)
          attack --weights w --set attack.images=-1 | attack.images: expected a whole number of at least 1, got -1 (--set attack.images=-1)
          attack --weights w --config FILE --images -2 | --images: expected a whole number of at least 1, got -2
          data download --config FILE | data set: expected one of cifar10, cifar100, tinyimagenet, got 'mnist'
          export r --out o --set evaluate.quick=true | --set: expected a key that sparrow export looks at, got 'evaluate.quick=true'
          export r --out o --set lr=0.1 | --set: expected a key that sparrow export looks at, got 'lr=0.1'
          evaluate r --set quick | --set: expected key=value, got 'quick'
          robust-bird --config FILE --print-config | robust-bird.stage2: expected one of sgd, fast, pgd, got 'slow' (FILE)
          """)
  void wrongValuesNameTheirPlace(String command, String message) throws IOException {
    file("attack: {images: 0}\ndata: {download: {name: mnist}}\nrobust-bird: {stage2: slow}\n");
    assertFails(command, 2, message);
  }

  @Test
  void aTextIsNoNumberInJson() throws IOException {
    Path json = Files.writeString(folder.resolve("run.json"), "{\"attack\": {\"images\": \"3\"}}");
    assertFails("attack --weights w --config " + json, 1, "attack.images: expected a whole number, got '3' (" + json + ")");
    Path empty = Files.writeString(folder.resolve("null.json"), "{\"attack\": {\"images\": null}}");
    assertThat(Program.json("attack --weights w --print-config --config " + empty).at("/attack/images").asInt()).isEqualTo(16);
  }

  @Test
  void aKeyIsGivenOnce() throws IOException {
    for (String name : new String[] {"twice.yaml", "twice.json"}) {
      Path file = Files.writeString(folder.resolve(name), "{\"export\": {\"out\": \"a\", \"out\": \"b\"}}");
      Program.Outcome outcome = Program.run("export r --config " + file);
      assertThat(outcome.errorLines()).singleElement().asString().contains("Duplicate field 'out'", file.toString());
      assertThat(outcome.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void aMissingFileIsNamed() {
    assertFails("inspect arch --config FILE", 1, "file: expected a YAML file, got nothing (FILE)");
  }
}
