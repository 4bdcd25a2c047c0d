package dev.sparrow.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What a file of weights has beside the weights, and how they stood in it.
 *
 * @param format what the file is, for example {@code PyTorch zip}
 * @param key dotted key of the dictionary that they stood in; empty for the file's own
 * @param prefix what stood before every name, for example {@code module.}; may be empty
 * @param normalization whether there are constants of normalisation
 * @param masks whose masks there are; empty if there are none
 * @param converted number of tensors by their type in the file, of those that are handed out in another type
 * @param leftOut names of tensors that are no part of a network
 * @param facts numbers and texts that stood beside the weights, such as the epoch and accuracies
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Findings(
    String format,
    String key,
    String prefix,
    boolean normalization,
    Optional<MaskKind> masks,
    Map<String, Integer> converted,
    List<String> leftOut,
    Map<String, Object> facts) {

  /** Copies the collections, keeping their order. */
  public Findings {
    converted = Collections.unmodifiableMap(new LinkedHashMap<>(converted));
    leftOut = List.copyOf(leftOut);
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /**
   * Nothing but the weights, under their own names.
   *
   * @param format what the file is
   * @param normalization whether there are constants of normalisation
   * @return nothing beside them
   */
  static Findings none(String format, boolean normalization) {
    return new Findings(format, "", "", normalization, Optional.empty(), Map.of(), List.of(), Map.of());
  }
}
