package dev.sparrow.sparse;

import dev.sparrow.mask.MaskSet;
import org.apiguardian.api.API;

/**
 * What a topology update made of the masks.
 *
 * @param masks a new set, owned by whoever asked for the update
 * @param dropFraction the drop fraction it used
 * @param dropped weights deactivated
 * @param grown weights activated
 * @param event what Flying Bird+ decided; {@link DensityEvent#NONE} for every other method
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record MaskChange(MaskSet masks, double dropFraction, long dropped, long grown, DensityEvent event) {}
