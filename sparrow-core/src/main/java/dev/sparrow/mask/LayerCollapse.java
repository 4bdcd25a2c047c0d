package dev.sparrow.mask;

import dev.sparrow.BadInput;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * Whether masks may leave a layer without any active weight. Such a layer cuts the network in two: it passes on nothing but its bias, and
 * no gradient ever brings it back.
 *
 * <p>A layer is a {@linkplain MaskSet#prunable prunable} weight. Masks of biases and batch norm stand beside the one of their convolution
 * and are no layers of their own.
 *
 * <p>Source: Tanaka et al., "Pruning neural networks without any data by iteratively conserving synaptic flow" (2020), who name it.
 *
 * @param allowed whether collapsed layers pass
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record LayerCollapse(boolean allowed) {

  /**
   * Lets masks pass, unless a layer has collapsed and that is not allowed.
   *
   * @param masks the masks, borrowed; costs one look at each layer's count
   * @param where what made the masks, for the message, for example {@code "global magnitude at density 0.001"}
   * @throws BadInput if a layer has collapsed; the message names all that have
   */
  public void check(MaskSet masks, Object where) {
    List<String> layers = allowed ? List.of() : layers(masks);
    if (!layers.isEmpty()) {
      String named = layers.stream().map(name -> describe(name, masks.get(name))).collect(Collectors.joining(", "));
      throw BadInput.data("active weights", "at least one in every layer", "none in " + named, where + "; --allow-collapse lets it pass");
    }
  }

  /**
   * The layers without an active weight.
   *
   * @param masks the masks, borrowed
   * @return their names, in the masks' order
   */
  public static List<String> layers(MaskSet masks) {
    return masks.prunable().stream().filter(name -> masks.get(name).active() == 0).toList();
  }

  private static String describe(String name, Mask mask) {
    return String.format(Locale.ROOT, "%s (%,d weights)", name, mask.size());
  }
}
