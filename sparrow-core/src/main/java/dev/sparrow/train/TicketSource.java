package dev.sparrow.train;

import dev.sparrow.checkpoint.ModelInfo;
import dev.sparrow.report.RunFolder;

/** Where the masks and weights come from that a run starts with. */
interface TicketSource {

  /**
   * Refuses what cannot serve, before the run folder is claimed and before every {@link #obtain}.
   *
   * @param model the network to be trained
   * @throws dev.sparrow.BadInput if there is no ticket to be had from here, or not one of this network
   */
  void check(ModelInfo model);

  /**
   * Puts the ticket into the run folder, as one step. Called again on a resume until it is there.
   *
   * @param model the network to be trained
   * @param run the run folder; whatever is made on the way to the ticket goes there too
   */
  void obtain(ModelInfo model, RunFolder run);
}
