package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.analysis.Eigenvalue;
import dev.sparrow.analysis.FixedImages;
import dev.sparrow.analysis.HessianSpectrum;
import dev.sparrow.analysis.PowerIteration;
import dev.sparrow.attack.Attack;
import dev.sparrow.config.RunConfig;
import dev.sparrow.report.TextTable;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how curved the loss is around a network's weights. */
@Command(
    name = "hessian",
    modelTransformer = LossOptions.Configuration.class,
    description = {
      "Finds the eigenvalues of largest magnitude of the Hessian of the loss by the active weights, by power iteration.",
      "For a run folder, options that are not given are those of the run."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow analyze hessian runs/first",
      "  sparrow analyze hessian runs/first --attack pgd-10 --images 128 --eigenvalues 3 --tolerance 1e-4 --json"
    })
final class AnalyzeHessian extends AnalysisCommand implements Configured {

  @Mixin private LossOptions subject;

  @Option(
      names = "--attack",
      paramLabel = "NAME",
      description = "Look at the loss on images after an attack (" + AttackNames.KNOWN + "; default: none, clean images)")
  private Optional<String> attack = Optional.empty();

  @Option(
      names = "--eigenvalues",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many eigenvalues, largest magnitude first (at least 1; default: ${DEFAULT-VALUE})")
  private int eigenvalues;

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      defaultValue = "1e-3",
      description = "Relative change between two iterations at which an eigenvalue has settled (positive; default: ${DEFAULT-VALUE})")
  private double tolerance;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      defaultValue = "100",
      description = "Most iterations per eigenvalue (at least 1; default: ${DEFAULT-VALUE})")
  private int iterations;

  @Override
  public RunConfig config() {
    return subject.config(parsed());
  }

  @Override
  public Integer call() throws IOException {
    LossOptions.requireAtLeastOne("--eigenvalues", eigenvalues);
    LossOptions.requireAtLeastOne("--iterations", iterations);
    if (!(tolerance > 0)) {
      throw BadInput.usage("--tolerance", "a positive number", tolerance);
    }
    RunConfig config = config();
    Optional<Attack> resolved = attack.map(name -> AttackNames.attack(name, config.testAttack()));
    try (LossOptions.Subject read = subject.read(config)) {
      FixedImages images = resolved.map(one -> read.images().attacked(read.model(), one, config.seed())).orElse(read.images());
      HessianSpectrum spectrum =
          HessianSpectrum.of(
              subject.source().toString(),
              read.model(),
              read.masks(),
              read.imageNames() + resolved.map(one -> " after " + one.name()).orElse(""),
              images,
              new PowerIteration(tolerance, iterations, config.seed()),
              eigenvalues);
      finish(Optional.of(subject.source()), spectrum, spectrum::draw, () -> text(spectrum));
    }
    return ExitCode.OK;
  }

  private static String text(HessianSpectrum spectrum) {
    TextTable table = new TextTable().right("eigenvalue").right("settled").right("iterations").right("residual");
    for (Eigenvalue eigenvalue : spectrum.eigenvalues()) {
      table.row(
          Texts.format("%.5g", eigenvalue.value()),
          eigenvalue.converged() ? "yes" : "no",
          eigenvalue.iterations(),
          Texts.format("%.1e", eigenvalue.residual()));
    }
    return Texts.format(
        "%s%nof the Hessian by %,d active parameters, on %d %s, loss %.4f",
        table, spectrum.parameters(), spectrum.count(), spectrum.images(), spectrum.loss());
  }
}
