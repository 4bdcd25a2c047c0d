package dev.sparrow.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Unmatched;

/** Takes the reference's own command lines. */
@Command(
    name = "main_adv",
    modelTransformer = MainAdvCommand.Options.class,
    description = {
      "Takes the command lines of the reference's main_adv.py, with its defaults, and says which native command they become.",
      "Options of that native command may stand beside the reference's."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow main_adv --data data/cifar10 --dataset cifar10 --arch resnet18 --save_dir experiment/dense",
      "  sparrow main_adv --data data/cifar10 --dataset cifar10 --arch resnet18 --save_dir experiment/fb --density 0.2 --dynamic_fre --fb",
      "  sparrow main_adv --data data/cifar10 --dataset cifar10 --arch resnet18 --fbp --width 16 --epochs 2 --print-config",
      "  sparrow main_adv --data data/cifar10 --dataset cifar10 --arch resnet18 --eval --pretrained weights.safetensors"
    })
final class MainAdvCommand extends SparrowCommand implements Callable<Integer> {

  @Unmatched private List<String> nativeWords = new ArrayList<>();

  /** Adds the reference's options. */
  static final class Options implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      for (ReferenceOption option : ReferenceOption.values()) {
        OptionSpec.Builder builder = OptionSpec.builder(option.names()).description(option.help());
        if (option.label().isEmpty()) {
          builder.type(boolean.class).arity("0");
        } else {
          builder.type(String.class).arity("1").paramLabel(option.label());
        }
        spec.addOption(builder.build());
      }
      return spec;
    }
  }

  @Override
  public Integer call() {
    ReferenceCommandLine reference = new ReferenceCommandLine(given(parsed()), withoutBlanks());
    ReferenceCommandLine.Translation translation = reference.translate();
    PrintWriter err = err();
    translation.notes().forEach(err::println);
    err.println("main_adv: sparrow " + translation.words().stream().map(MainAdvCommand::quoted).collect(Collectors.joining(" ")));
    return Main.commandLine(out(), err).execute(translation.words().toArray(String[]::new));
  }

  private static Map<ReferenceOption, String> given(ParseResult parsed) {
    Map<ReferenceOption, String> given = new EnumMap<>(ReferenceOption.class);
    for (ReferenceOption option : ReferenceOption.values()) {
      if (parsed.hasMatchedOption(option.names()[0])) {
        given.put(option, String.valueOf(parsed.<Object>matchedOptionValue(option.names()[0], "")));
      }
    }
    return Collections.unmodifiableMap(given);
  }

  /** The reference's README has a blank after a line's final backslash, which a shell takes for a word. */
  private List<String> withoutBlanks() {
    return nativeWords.stream().filter(word -> !word.isBlank()).toList();
  }

  private static String quoted(String word) {
    return word.matches("[\\w./,:=+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
