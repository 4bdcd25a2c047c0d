package dev.sparrow.cli;

import dev.sparrow.eval.AttackReport;
import dev.sparrow.eval.CascadeListener;
import dev.sparrow.eval.Finding;
import dev.sparrow.train.StopSignal;

/**
 * Tells people what an evaluation does.
 *
 * @param display where to
 * @param stop ends it
 */
record CascadeProgress(ProgressDisplay display, StopSignal stop) implements CascadeListener {

  @Override
  public void progress(String stage, int decided, int total, int standing) {
    display.progress("evaluating, " + stage, decided, total, Texts.format("%,d images stand", standing));
  }

  @Override
  public void found(Finding finding) {
    display.line(text(finding));
  }

  @Override
  public void attackFinished(AttackReport report) {
    display.line(
        Texts.format(
            "%s: %,d of %,d images broken, %s robust, %.1f s",
            report.name(), report.broken(), report.attacked(), Texts.percent(report.robustAccuracy()), report.seconds()));
  }

  @Override
  public void resumed(String attack, int standing) {
    display.line(Texts.format("going on with %s; %,d images stand", attack, standing));
  }

  @Override
  public boolean stopRequested() {
    return stop.isRequested();
  }

  /** A flag in one line. */
  static String text(Finding finding) {
    return "flag " + finding.flag().label() + ": " + finding.detail() + " (" + finding.flag().page() + ")";
  }
}
