package dev.sparrow.cli;

import static dev.sparrow.cli.ReferenceOption.unbracketed;
import static dev.sparrow.cli.TrainEbOptions.*;

import dev.sparrow.BadInput;
import dev.sparrow.cli.ReferenceOption.Use;
import dev.sparrow.data.DatasetName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The reference's {@code train_eb.py}: becomes {@code robust-bird}. */
final class TrainEbScript implements ReferenceScript {

  @Override
  public List<ReferenceOption> options() {
    return TrainEbOptions.ALL;
  }

  @Override
  public Translation translate(ReferenceCommandLine line) {
    List<String> words = new ArrayList<>(List.of("robust-bird"));
    words.addAll(line.handedOn(EnumSet.of(Use.TRAINING, Use.BOTH), Set.of()));
    if (!line.hasNative("--dataset")) {
      words.addAll(List.of("--dataset", dataset(line.value(DATA).orElseThrow()).label()));
    }
    words.addAll(line.defaultOf(DECREASING_LR, "--lr-milestones", "50,150"));
    words.addAll(line.nativeWords());
    return new Translation(words, notes(line));
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
    throw BadInput.usage("--data", "a path that says cifar10, cifar100 or tiny_imagenet, or --dataset beside it", "'" + unbracketed(path) + "'");
  }

  private static List<String> notes(ReferenceCommandLine line) {
    List<String> notes = new ArrayList<>(line.notes());
    if (!line.has(STAGE1)) {
      notes.add("--stage1: sgd; the reference fails without it");
    }
    String folder = unbracketed(line.value(SAVE_DIR).orElseThrow());
    notes.add("--save_dir " + folder + ": one run folder for both stages, not store/" + folder + "_stage1 and _stage2");
    return notes;
  }
}
