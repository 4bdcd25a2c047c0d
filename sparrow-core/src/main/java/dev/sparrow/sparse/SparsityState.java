package dev.sparrow.sparse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.tensor.NamedTensors;
import org.apiguardian.api.API;

/**
 * Everything a sparsity method must remember between iterations, so that a resumed run equals an uninterrupted one.
 *
 * @param scalars counters and signal histories, as JSON
 * @param tensors masks ({@code mask.<parameter>}) and ever-active positions ({@code explored.<parameter>}), boolean
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record SparsityState(JsonNode scalars, NamedTensors tensors) {}
