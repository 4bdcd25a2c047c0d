package dev.sparrow.cli;

import static dev.sparrow.cli.MainAdvOptions.*;
import static dev.sparrow.cli.ReferenceOption.unbracketed;

import dev.sparrow.BadInput;
import dev.sparrow.cli.ReferenceOption.Use;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The reference's {@code main_adv.py}: becomes {@code train} or {@code evaluate}. */
final class MainAdvScript implements ReferenceScript {

  @Override
  public List<ReferenceOption> options() {
    return MainAdvOptions.ALL;
  }

  @Override
  public Translation translate(ReferenceCommandLine line) {
    List<String> words = line.has(EVAL) ? evaluation(line) : training(line);
    words.addAll(line.nativeWords());
    return new Translation(words, line.notes());
  }

  private static List<String> training(ReferenceCommandLine line) {
    List<String> words = new ArrayList<>(List.of("train"));
    words.addAll(line.unlessGiven("--method", method(line)));
    words.addAll(line.handedOn(EnumSet.of(Use.TRAINING, Use.BOTH), Set.of(SAVE_DIR)));
    words.addAll(line.defaultOf(DATASET, "--dataset", "cifar10"));
    if (line.has(FB) || line.has(FBP)) {
      words.addAll(line.defaultOf(GROWTH, "--growth", "random"));
      words.addAll(line.defaultOf(DYNAMIC_EPOCH, "--dynamic-epoch", "100"));
    }
    ReferenceOption folder = line.has(RESUME) && line.has(RESUME_DIR) ? RESUME_DIR : SAVE_DIR;
    line.value(folder).ifPresent(value -> words.addAll(List.of("--save-dir", unbracketed(value))));
    if (line.has(RESUME)) {
      words.add("--resume");
    }
    return words;
  }

  private static String method(ReferenceCommandLine line) {
    boolean sparse = line.has(FB) || line.has(FBP);
    if (sparse && line.has(FIX)) {
      return "static";
    }
    return line.has(FBP) ? "flying-bird-plus" : sparse ? "flying-bird" : "dense";
  }

  private static List<String> evaluation(ReferenceCommandLine line) {
    String given = line.value(PRETRAINED).orElseThrow(() -> BadInput.usage("--pretrained", "a file or run folder, with --eval", "nothing"));
    Path pretrained = Path.of(unbracketed(given));
    boolean folder = Files.isDirectory(pretrained);
    List<String> words = new ArrayList<>(List.of("evaluate"));
    words.addAll(folder ? List.of(pretrained.toString()) : List.of("--weights", pretrained.toString()));
    Set<ReferenceOption> network = Set.of(ARCH, ReferenceRecipe.DEPTH_FACTOR, ReferenceRecipe.WIDTH_FACTOR);
    words.addAll(line.handedOn(EnumSet.of(Use.BOTH), folder ? network : Set.of()));
    words.addAll(line.defaultOf(DATASET, "--dataset", "cifar10"));
    return words;
  }
}
