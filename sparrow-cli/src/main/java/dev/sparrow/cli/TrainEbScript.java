package dev.sparrow.cli;

import static dev.sparrow.cli.ReferenceOption.unbracketed;
import static dev.sparrow.cli.ReferenceRecipe.LR;
import static dev.sparrow.cli.TrainEbOptions.*;

import dev.sparrow.BadInput;
import dev.sparrow.cli.ReferenceOption.Use;
import dev.sparrow.config.StageObjective;
import dev.sparrow.data.DatasetName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The reference's {@code train_eb.py}: becomes {@code robust-bird}. */
final class TrainEbScript implements ReferenceScript {

  private static final String FAST = StageObjective.FAST.label();

  /** Of the learning rate of "fast" training there, whatever --lr says. */
  private static final String FAST_PEAK = "0.2";

  @Override
  public List<ReferenceOption> options() {
    return TrainEbOptions.ALL;
  }

  @Override
  public Translation translate(ReferenceCommandLine line) {
    List<String> words = new ArrayList<>(List.of("robust-bird"));
    boolean fast = line.value(STAGE2).orElseThrow().equals(FAST);
    words.addAll(line.handedOn(EnumSet.of(Use.TRAINING, Use.BOTH), fast ? Set.of(LR) : Set.of()));
    if (!line.hasNative("--dataset")) {
      words.addAll(List.of("--dataset", dataset(line.value(DATA).orElseThrow()).label()));
    }
    words.addAll(line.defaultOf(DECREASING_LR, "--lr-milestones", "50,150"));
    if (fast) {
      words.addAll(line.unlessGiven("--lr-schedule", "cyclic"));
      words.addAll(line.unlessGiven("--attack-mode", "eval"));
      words.addAll(List.of("--lr", FAST_PEAK));
      if (firstStageReadsLr(line)) {
        words.addAll(line.unlessGiven("--stage1-lr", line.value(LR).or(LR::defaultText).orElseThrow()));
      }
    }
    words.addAll(line.nativeWords());
    return new Translation(words, notes(line));
  }

  private static boolean firstStageReadsLr(ReferenceCommandLine line) {
    return !line.has(STAGE1_PRETRAINED) && line.value(STAGE1).filter(FAST::equals).isEmpty();
  }

  /** The reference guesses by the path, in this order, and fails on any other. */
  private static DatasetName dataset(String path) {
    if (path.contains("cifar100")) {
      return DatasetName.CIFAR100;
    }
    if (path.contains("cifar10")) {
      return DatasetName.CIFAR10;
    }
    if (path.contains("tiny_imagenet")) {
      return DatasetName.TINYIMAGENET;
    }
    String expected = "a path that says cifar10, cifar100 or tiny_imagenet, or --dataset beside it";
    throw BadInput.usage("--data", expected, "'" + unbracketed(path) + "'");
  }

  private static List<String> notes(ReferenceCommandLine line) {
    List<String> notes = new ArrayList<>(line.notes());
    if (!line.has(STAGE1)) {
      notes.add("--stage1: sgd; the reference fails without it");
    }
    if (line.value(STAGE2).orElseThrow().equals(FAST)) {
      line.value(LR)
          .filter(rate -> !firstStageReadsLr(line))
          .ifPresent(rate -> notes.add("--lr " + rate + ": no effect; fast training rises to " + FAST_PEAK));
      if (line.value(STAGE1).filter(StageObjective.PGD.label()::equals).isPresent()) {
        notes.add("--stage2 fast: attack in evaluation mode, in the first stage too, where the reference's is in train mode");
      }
    }
    String folder = unbracketed(line.value(SAVE_DIR).orElseThrow());
    notes.add("--save_dir " + folder + ": one run folder for both stages, not store/" + folder + "_stage1 and _stage2");
    return notes;
  }
}
