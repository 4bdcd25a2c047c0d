package dev.sparrow.eval;

import dev.sparrow.tensor.NamedTensors;
import java.util.List;
import java.util.Map;

/**
 * Where a cascade stands between two steps.
 *
 * @param counts everything that is no tensor
 * @param outcomes [N], see {@link Outcomes#stages}
 * @param stage the running attack's own, see {@link Stage#state}; tensors of the scope it was made in
 */
record CascadeState(Counts counts, long[] outcomes, NamedTensors stage) {

  /**
   * What is stored as JSON.
   *
   * @param subject what the evaluation is of
   * @param finished attacks that have come to their end
   * @param running the attack in progress, so far
   * @param position first image that it did not look at
   * @param findings what was found before the attacks
   * @param seconds so far
   */
  record Counts(
      Map<String, String> subject,
      List<AttackReport> finished,
      AttackReport running,
      int position,
      List<Finding> findings,
      double seconds) {}

  /**
   * The JSON beside the tensors.
   *
   * @param format version of the format, {@link CascadeStore#FORMAT} when written
   * @param counts where the cascade stands
   * @param tensorsSha256 checksum of the tensors
   */
  record Manifest(int format, Counts counts, String tensorsSha256) {}
}
