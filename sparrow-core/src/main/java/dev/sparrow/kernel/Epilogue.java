package dev.sparrow.kernel;

import java.util.Optional;

/** What becomes of a convolution's sums, in terms of a plan: buffers by number, coefficients by layer. */
sealed interface Epilogue {

  /** The same in terms of arrays. */
  Finish bind(Frame frame, Group group, float[] moments);

  /** Whether it adds up moments. */
  boolean hasMoments();

  /**
   * Of the forward direction, see {@link Finish.Forward}.
   *
   * @param norm batch norm of the activation, where its coefficients are known
   */
  record Forward(int residual, int value, int activation, Optional<NormLayer> norm, boolean hasMoments) implements Epilogue {

    @Override
    public Finish bind(Frame frame, Group group, float[] moments) {
      NormState state = frame.state(norm);
      return new Finish.Forward(
          group.words[residual], group.words[value], group.words[activation], state.scale, state.shift, moments);
    }
  }

  /**
   * Of the backward direction, see {@link Finish.Backward}.
   *
   * @param value the one that moments are taken with
   * @param norm batch norm whose scale is applied, if any
   */
  record Backward(int partial, int activation, int value, boolean hasMoments, Optional<NormLayer> norm, int other, int gradient)
      implements Epilogue {

    /** Adds up the gradient and changes nothing else of it. */
    static Backward sum(int partial, int gradient) {
      return new Backward(partial, BufferPlan.NONE, BufferPlan.NONE, false, Optional.empty(), BufferPlan.NONE, gradient);
    }

    @Override
    public Finish bind(Frame frame, Group group, float[] moments) {
      float[][] words = group.words;
      return new Finish.Backward(
          words[partial], words[activation], words[value], moments, frame.state(norm).scale, words[other], words[gradient]);
    }
  }

  /** Float32 sums, see {@link Finish.Plain}. */
  record Plain(int sums) implements Epilogue {

    @Override
    public Finish bind(Frame frame, Group group, float[] moments) {
      return new Finish.Plain(group.words[sums]);
    }

    @Override
    public boolean hasMoments() {
      return false;
    }
  }
}
