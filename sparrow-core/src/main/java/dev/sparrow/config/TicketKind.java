package dev.sparrow.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.sparrow.units.Labelled;
import org.apiguardian.api.API;

/** What an early-bird ticket is made of. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum TicketKind implements Labelled {
  /** Single weights of convolutions and linear layers, by magnitude. */
  UNSTRUCTURED("unstructured"),
  /** Whole channels, by the scales of batch normalisation. */
  CHANNEL("channel");

  private final String label;

  TicketKind(String label) {
    this.label = label;
  }

  @Override
  @JsonValue
  public String label() {
    return label;
  }

  /**
   * Reads a label.
   *
   * @param label one of unstructured, channel
   * @return the constant
   */
  @JsonCreator
  public static TicketKind parse(String label) {
    return Labelled.parse(TicketKind.class, "pruning", label);
  }
}
