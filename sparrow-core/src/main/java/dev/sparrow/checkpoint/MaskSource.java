package dev.sparrow.checkpoint;

import java.io.IOException;
import java.util.Set;
import org.apiguardian.api.API;

/** Masks that a file holds beside its weights, which it hands out with them applied. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface MaskSource {

  /** Of a file without masks. */
  MaskSource NONE =
      new MaskSource() {
        @Override
        public Set<String> masked() {
          return Set.of();
        }

        @Override
        public boolean[] mask(String name) {
          throw new IllegalArgumentException("mask: expected a masked parameter, got " + name);
        }

        @Override
        public long overruled(String name) {
          return 0;
        }
      };

  /**
   * What has a mask.
   *
   * @return the names of masked parameters; empty for a dense network
   */
  Set<String> masked();

  /**
   * Reads a mask.
   *
   * @param name one of {@link #masked()}
   * @return whether each weight is active, row-major
   * @throws IOException if reading fails
   * @throws dev.sparrow.BadInput if it is damaged, or has anything but zeros and ones
   */
  boolean[] mask(String name) throws IOException;

  /**
   * How many weights the mask sets to zero that the file has other values for.
   *
   * @param name one of {@link #masked()}
   * @return 0 if mask and weights agree
   * @throws IOException if reading fails
   */
  long overruled(String name) throws IOException;
}
