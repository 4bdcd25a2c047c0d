package dev.sparrow.cli;

import dev.sparrow.config.DataConfig;
import dev.sparrow.config.RunConfig;
import dev.sparrow.data.DataVerification;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** Reads a data set from end to end. */
@Command(
    name = "verify",
    modelTransformer = OptionGroup.Data.class,
    description = "Reads every file of a data set and lists what is missing or damaged; exit code 1 if anything is.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow data verify --dataset cifar10 --data data/cifar10",
      "  sparrow data verify --dataset tinyimagenet --data data/tiny-imagenet-200 --json"
    })
final class DataVerify extends ResultCommand implements Configured {

  @Override
  public RunConfig config() {
    return RunOptions.of(parsed()).resolve(RunConfig.DEFAULT);
  }

  @Override
  public Integer call() {
    DataConfig data = config().data();
    DataVerification verification = DataVerification.of(data.dataset(), data.dir().map(Path::of));
    verification.problems().forEach(err()::println);
    print(
        verification,
        () ->
            Texts.format(
                "%s: %,d files, %,d images, %s",
                data.dataset().label(),
                verification.files(),
                verification.images(),
                verification.intact() ? "intact" : verification.problems().size() + " damaged"));
    return verification.intact() ? ExitCode.OK : ExitCode.FAILURE;
  }
}
