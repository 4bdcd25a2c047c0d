package dev.sparrow.kernel;

/** The inner loops in vectors, one cell per vector. */
final class VectorKernels implements Kernels {

  private final WordFormat format;
  private final VectorFinish finish;
  private final VectorConvolution convolution;
  private final VectorWeightGradients weightGradients;
  private final VectorPasses passes;
  private final VectorPools pools;
  private final VectorLayout layout;

  private VectorKernels(WordFormat format) {
    boolean pairs = format == WordFormat.BF16;
    this.format = format;
    this.finish = new VectorFinish(pairs ? new VectorPairSums() : new VectorFloatSums(), format.images() * VectorWords.LANES);
    this.convolution = new VectorConvolution(pairs ? new VectorPairTiles() : new VectorFloatTiles(), finish);
    this.weightGradients = new VectorWeightGradients(pairs ? new VectorPairProducts() : new VectorFloatProducts());
    VectorRows rows = pairs ? new VectorPairRows() : new VectorFloatRows();
    this.passes = new VectorPasses(rows);
    this.pools = new VectorPools(rows);
    this.layout = new VectorLayout(format);
  }

  /**
   * Makes them, with vectors as {@link VectorWidth} chooses.
   *
   * @param format what a word holds
   * @return the kernels
   * @throws UnsupportedOperationException if the processor's vectors are too narrow
   */
  static Kernels create(WordFormat format) {
    VectorWidth.species();
    return new VectorKernels(format);
  }

  @Override
  public WordFormat format() {
    return format;
  }

  @Override
  public int lanes() {
    return VectorWords.LANES;
  }

  @Override
  public String description() {
    return "vector kernels of " + VectorWords.FLOATS.vectorBitSize() + " bits: " + VectorWidth.reason();
  }

  @Override
  public int scratch(Taps taps) {
    return convolution.scratch(taps);
  }

  @Override
  public int tileRows(Taps taps) {
    return 1;
  }

  @Override
  public void convolve(Taps taps, float[] in, Part part, Finish finish, float[] scratch) {
    convolution.convolve(taps, in, part, finish, scratch);
  }

  @Override
  public void weightGradients(Taps taps, float[] in, float[] gradient, Part part, float[] sums) {
    weightGradients.add(taps, in, gradient, part, sums);
  }

  @Override
  public void finish(Plane plane, float[] source, Part part, Finish finish) {
    this.finish.words(plane, source, part, finish);
  }

  @Override
  public void normalize(Plane plane, Part part, float[] value, Normalize norm, float[] out) {
    passes.normalize(plane, part, value, norm, out);
  }

  @Override
  public void centre(Plane plane, Part part, float[] gradient, Centre centre, float[] out) {
    passes.centre(plane, part, gradient, centre, out);
  }

  @Override
  public void maxPool(Plane from, Plane to, Part part, float[] in, float[] out) {
    pools.maximum(from, to, part, in, out);
  }

  @Override
  public void maxPoolGradient(Plane from, Plane to, Part part, float[] in, float[] gradient, float[] out) {
    pools.maximumGradient(from, to, part, in, gradient, out);
  }

  @Override
  public void averagePool(Plane from, Part part, float[] in, float[] out) {
    pools.average(from, part, in, out);
  }

  @Override
  public void averagePoolGradient(Plane from, Part part, float[] gradient, float[] out) {
    pools.averageGradient(from, part, gradient, out);
  }

  @Override
  public void pack(Plane plane, float[] images, int firstImage, int count, float[] mean, float[] deviation, float[] out) {
    layout.pack(plane, images, firstImage, count, mean, deviation, out);
  }

  @Override
  public void unpack(Plane plane, float[] sums, int firstImage, int count, float[] factor, float[] values) {
    layout.unpack(plane, sums, firstImage, count, factor, values);
  }
}
