package dev.sparrow.kernel;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * Where the time of a network's passes went, since the network was made.
 *
 * @param seconds by kind of step, added up over all threads; {@code waiting} is what threads spent without work while others worked
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record StageTimes(Map<String, Double> seconds) {

  private static final double NANOS = 1e-9;

  /** Copies the map, keeping its order. */
  public StageTimes {
    seconds = Collections.unmodifiableMap(new LinkedHashMap<>(seconds));
  }

  /** Adds up what the threads of a network do. */
  static final class Clock {

    private final long[][] nanos;
    private long wall;

    Clock(int workers) {
      nanos = new long[workers][Step.Kind.values().length];
    }

    void add(int worker, Step.Kind kind, long since) {
      nanos[worker][kind.ordinal()] += System.nanoTime() - since;
    }

    void addWall(long since) {
      wall += System.nanoTime() - since;
    }

    StageTimes read() {
      Map<String, Double> seconds = new LinkedHashMap<>();
      long waiting = wall * nanos.length;
      for (Step.Kind kind : Step.Kind.values()) {
        long sum = 0;
        for (long[] worker : nanos) {
          sum += worker[kind.ordinal()];
        }
        seconds.put(kind.name().toLowerCase(Locale.ROOT).replace('_', ' '), sum * NANOS);
        waiting -= sum;
      }
      seconds.put("waiting", waiting * NANOS);
      return new StageTimes(seconds);
    }
  }
}
