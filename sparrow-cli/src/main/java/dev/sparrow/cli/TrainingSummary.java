package dev.sparrow.cli;

import dev.sparrow.checkpoint.Ticket;
import dev.sparrow.report.ResultRecord;
import dev.sparrow.report.RunFolder;
import dev.sparrow.report.TextTable;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What to say at the end of a training. */
final class TrainingSummary {

  private TrainingSummary() {}

  /**
   * The result, where everything is, and what to do next.
   *
   * @param result the run's
   * @param folder the run's
   * @return a few lines
   */
  static String text(ResultRecord result, RunFolder folder) {
    TextTable table = new TextTable().left("test images").right("clean").right("robust").right("epoch");
    ResultRecord.Best best = result.best();
    table.row("best", Texts.percent(best.cleanAccuracy()), Texts.percent(best.robustAccuracy()), best.epoch() + 1);
    ResultRecord.Accuracies last = result.last();
    table.row("final", Texts.percent(last.cleanAccuracy()), Texts.percent(last.robustAccuracy()), result.epochs());
    return table
        + System.lineSeparator()
        + Texts.format(
            "active weights  %s%n%s%scurves          %s%nreport          %s%n"
                + "checkpoints     %s (last, best-robust, best-clean)%nnext            ./sparrow evaluate %s%n",
            Texts.percent(result.nonzeroFraction()),
            ticket(folder),
            flops(result),
            folder.curves(),
            folder.report(),
            folder.lastCheckpoint().getParent(),
            folder.root());
  }

  /** What both stages of Robust Bird cost. */
  private static String flops(ResultRecord result) {
    return result
        .stageOne()
        .map(stage -> Texts.format("training FLOPs  %.4g, %.4g of them in stage 1%n", result.trainingFlops().honest(), stage.honestFlops()))
        .orElse("");
  }

  private static String ticket(RunFolder folder) {
    if (!Ticket.exists(folder.ticket())) {
      return "";
    }
    try (Ticket ticket = Ticket.open(folder.ticket())) {
      return Texts.format("ticket          %s: %s%n", folder.ticket(), TicketTexts.describe(ticket.manifest()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
