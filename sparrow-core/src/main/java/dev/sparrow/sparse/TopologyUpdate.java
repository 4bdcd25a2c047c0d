package dev.sparrow.sparse;

import org.apiguardian.api.API;

/**
 * One topology update, for logs and curves.
 *
 * @param iteration when it happened
 * @param dropFraction the drop fraction in force
 * @param dropped weights deactivated
 * @param grown weights activated
 * @param density global density afterwards
 * @param event what Flying Bird+ decided; {@link DensityEvent#NONE} for every other method
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record TopologyUpdate(long iteration, double dropFraction, long dropped, long grown, double density, DensityEvent event) {}
