package dev.sparrow.sparse;

/**
 * Flying Bird+'s decision: the density falls while the network memorises its training set, and rises while robust learning stalls. A pure
 * function of the signals and the epoch; both can fire at once.
 *
 * <p>Early in a run, when there are fewer differences than the window holds, the share is taken of those there are; without any, nothing
 * fires. Source: "Sparsity Winning Twice", section 3.2, with the constants of its code.
 *
 * @param firstEpoch first epoch, from 0, at which the density may change
 * @param window latest epoch-to-epoch differences that count
 * @param threshold share of the differences that must show the sign
 * @param pruneRatio extra drop when the gap rises
 * @param growthRatio extra growth when the loss stalls
 */
record DensityController(int firstEpoch, int window, double threshold, double pruneRatio, double growthRatio) {

  /**
   * Decides for one topology update.
   *
   * @param history signals of the epochs that ended
   * @param epoch the current epoch, from 0
   * @return the change
   */
  public DensityChange decide(SignalHistory history, int epoch) {
    if (epoch < firstEpoch || history.gaps().size() < 2) {
      return DensityChange.NONE;
    }
    return new DensityChange(
        history.risingGapShare(window) >= threshold ? pruneRatio : 0, history.stalledLossShare(window) >= threshold ? growthRatio : 0);
  }
}
