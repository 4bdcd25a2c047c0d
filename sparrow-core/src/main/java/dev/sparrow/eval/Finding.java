package dev.sparrow.eval;

import org.apiguardian.api.API;

/**
 * A flag with what raised it.
 *
 * @param flag the flag
 * @param detail what was seen, in a few words
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Finding(Flag flag, String detail) {}
