package dev.sparrow.sparse;

import dev.sparrow.mask.MaskSet;

/**
 * What a topology update made of the masks.
 *
 * @param masks a new set, owned by whoever asked for the update
 * @param dropFraction the drop fraction it used
 * @param dropped weights deactivated
 * @param grown weights activated
 * @param event what Flying Bird+ decided; {@link DensityEvent#NONE} for every other method
 */
public record MaskChange(MaskSet masks, double dropFraction, long dropped, long grown, DensityEvent event) {}
