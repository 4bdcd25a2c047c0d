package dev.sparrow.cli;

import static dev.sparrow.cli.ReferenceOption.*;

import dev.sparrow.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A command line of the reference's {@code main_adv.py}.
 *
 * @param given the reference's options that were given, and their values
 * @param nativeWords everything else, meant for the native command
 */
record ReferenceCommandLine(Map<ReferenceOption, String> given, List<String> nativeWords) {

  private static final Set<String> PYTORCH_FILES = Set.of("pt", "pth", "tar", "bin");

  /**
   * What it becomes.
   *
   * @param words the native command line, without the program's name
   * @param notes about options that have no effect here
   */
  record Translation(List<String> words, List<String> notes) {}

  /**
   * Translates to {@code train} or {@code evaluate}, with the reference's defaults where Sparrow's are others.
   *
   * @return the native command line
   * @throws BadInput if options contradict each other
   */
  Translation translate() {
    List<String> words = given.containsKey(EVAL) ? evaluation() : training();
    words.addAll(nativeWords);
    List<String> notes = given.entrySet().stream().flatMap(entry -> entry.getKey().note(entry.getValue()).stream()).toList();
    return new Translation(words, notes);
  }

  private List<String> training() {
    List<String> words = new ArrayList<>(List.of("train"));
    addUnlessGiven(words, "--method", method());
    words.addAll(handedOn(EnumSet.of(Use.TRAINING, Use.BOTH), Set.of(SAVE_DIR)));
    addDefault(words, DATASET, "--dataset", "cifar10");
    if (given.containsKey(FB) || given.containsKey(FBP)) {
      addDefault(words, GROWTH, "--growth", "random");
      addDefault(words, DYNAMIC_EPOCH, "--dynamic-epoch", "100");
    }
    ReferenceOption folder = given.containsKey(RESUME) && given.containsKey(RESUME_DIR) ? RESUME_DIR : SAVE_DIR;
    if (given.containsKey(folder)) {
      words.addAll(List.of("--save-dir", unbracketed(given.get(folder))));
    }
    if (given.containsKey(RESUME)) {
      words.add("--resume");
    }
    return words;
  }

  private String method() {
    boolean sparse = given.containsKey(FB) || given.containsKey(FBP);
    if (sparse && given.containsKey(FIX)) {
      return "static";
    }
    return given.containsKey(FBP) ? "flying-bird-plus" : sparse ? "flying-bird" : "dense";
  }

  private List<String> evaluation() {
    if (!given.containsKey(PRETRAINED)) {
      throw BadInput.usage("--pretrained", "a file or run folder, with --eval", "nothing");
    }
    Path pretrained = Path.of(unbracketed(given.get(PRETRAINED)));
    String name = pretrained.getFileName().toString();
    if (PYTORCH_FILES.contains(name.substring(name.lastIndexOf('.') + 1))) {
      throw BadInput.usage("--pretrained", "a safetensors file or a run folder", "a PyTorch file, '" + pretrained + "'");
    }
    boolean folder = Files.isDirectory(pretrained);
    List<String> words = new ArrayList<>(List.of("evaluate"));
    words.addAll(folder ? List.of(pretrained.toString()) : List.of("--weights", pretrained.toString()));
    words.addAll(handedOn(EnumSet.of(Use.BOTH), folder ? Set.of(ARCH, DEPTH_FACTOR, WIDTH_FACTOR) : Set.of()));
    addDefault(words, DATASET, "--dataset", "cifar10");
    return words;
  }

  private List<String> handedOn(Set<Use> uses, Set<ReferenceOption> except) {
    return given.entrySet().stream()
        .filter(entry -> uses.contains(entry.getKey().use()) && !except.contains(entry.getKey()))
        .flatMap(entry -> entry.getKey().words(entry.getValue()).stream())
        .toList();
  }

  private void addDefault(List<String> words, ReferenceOption option, String nativeOption, String value) {
    if (!given.containsKey(option)) {
      addUnlessGiven(words, nativeOption, value);
    }
  }

  private void addUnlessGiven(List<String> words, String nativeOption, String value) {
    if (nativeWords.stream().noneMatch(word -> word.equals(nativeOption) || word.startsWith(nativeOption + "="))) {
      words.addAll(List.of(nativeOption, value));
    }
  }
}
