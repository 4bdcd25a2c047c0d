package dev.sparrow.kernel;

/** The passes over whole values that are no convolutions, image by image. */
final class PlainPasses {

  private final PlainWords words;
  private final int lanes;

  /** The values of a cell that is about to be written. */
  private final ThreadLocal<float[]> cell;

  PlainPasses(PlainWords words) {
    this.words = words;
    this.lanes = words.lanes();
    this.cell = ThreadLocal.withInitial(() -> new float[words.images()]);
  }

  void normalize(Plane plane, Part part, float[] value, Normalize norm, float[] out) {
    float[] values = cell.get();
    forEachCell(plane, part, (channel, at) -> {
      for (int image = 0; image < words.images(); image++) {
        float v = words.get(value, at, image) * norm.scale()[channel] + norm.shift()[channel];
        if (norm.hasOther()) {
          v += words.get(norm.other(), at, image) * norm.otherScale()[channel] + norm.otherShift()[channel];
        }
        values[image] = Math.max(0, v);
      }
      words.set(values, out, at);
      words.mask(out, at, norm.lanes());
    });
  }

  void centre(Plane plane, Part part, float[] gradient, Centre centre, float[] out) {
    float[] values = cell.get();
    forEachCell(plane, part, (channel, at) -> {
      for (int image = 0; image < words.images(); image++) {
        float g = words.get(gradient, at, image) * centre.a()[channel];
        float v = g + words.get(centre.value(), at, image) * centre.b()[channel] + centre.c()[channel];
        values[image] = centre.hasOther() ? v + words.get(centre.other(), at, image) : v;
      }
      words.set(values, out, at);
      words.mask(out, at, centre.lanes());
    });
  }

  void maxPool(Plane from, Plane to, Part part, float[] in, float[] out) {
    float[] values = cell.get();
    forEachSquare(from, to, part, (square, at) -> {
      for (int image = 0; image < words.images(); image++) {
        values[image] = words.get(in, square.largest(in, image), image);
      }
      words.set(values, out, at);
    });
  }

  void maxPoolGradient(Plane from, Plane to, Part part, float[] in, float[] gradient, float[] out) {
    float[] values = cell.get();
    forEachSquare(from, to, part, (square, at) -> {
      for (int i = 0; i < square.cells(); i++) {
        for (int image = 0; image < words.images(); image++) {
          values[image] = square.largest(in, image) == square.cell(i) ? words.get(gradient, at, image) : 0;
        }
        words.set(values, out, square.cell(i));
      }
    });
  }

  void averagePool(Plane from, Part part, float[] in, float[] out) {
    Plane cells = new Plane(from.channels(), 1, 1);
    float cellsPerChannel = from.height() * from.width();
    float[] values = cell.get();
    for (int channel = part.fromChannel(); channel < part.toChannel(); channel++) {
      int at = cells.at(channel, 0, 0, lanes);
      for (int image = 0; image < words.images(); image++) {
        float sum = 0;
        for (int row = 0; row < from.height(); row++) {
          for (int column = 0; column < from.width(); column++) {
            sum += words.get(in, from.at(channel, row, column, lanes), image);
          }
        }
        values[image] = sum / cellsPerChannel;
      }
      words.set(values, out, at);
    }
  }

  void averagePoolGradient(Plane from, Part part, float[] gradient, float[] out) {
    Plane cells = new Plane(from.channels(), 1, 1);
    float cellsPerChannel = from.height() * from.width();
    float[] values = cell.get();
    Part wholeRows = new Part(0, from.height(), part.fromChannel(), part.toChannel());
    forEachCell(from, wholeRows, (channel, at) -> {
      int source = cells.at(channel, 0, 0, lanes);
      for (int image = 0; image < words.images(); image++) {
        values[image] = words.get(gradient, source, image) / cellsPerChannel;
      }
      words.set(values, out, at);
    });
  }

  void pack(Plane plane, float[] images, int firstImage, int count, float[] mean, float[] deviation, float[] out) {
    int area = plane.height() * plane.width();
    float[] values = cell.get();
    for (int channel = 0; channel < plane.channels(); channel++) {
      for (int pixel = 0; pixel < area; pixel++) {
        for (int image = 0; image < words.images(); image++) {
          int from = ((firstImage + image) * plane.channels() + channel) * area;
          values[image] = firstImage + image < count ? (images[from + pixel] - mean[channel]) / deviation[channel] : 0;
        }
        words.set(values, out, plane.at(channel, pixel / plane.width(), pixel % plane.width(), lanes));
      }
    }
  }

  void unpack(Plane plane, float[] sums, int firstImage, int count, float[] factor, float[] values) {
    int area = plane.height() * plane.width();
    for (int image = 0; image < Math.min(words.images(), count - firstImage); image++) {
      for (int channel = 0; channel < plane.channels(); channel++) {
        int to = ((firstImage + image) * plane.channels() + channel) * area;
        for (int pixel = 0; pixel < area; pixel++) {
          values[to + pixel] = factor[channel] * sums[(channel * area + pixel) * words.images() + image];
        }
      }
    }
  }

  private interface CellVisitor {
    void visit(int channel, int at);
  }

  private void forEachCell(Plane plane, Part part, CellVisitor visitor) {
    for (int channel = part.fromChannel(); channel < part.toChannel(); channel++) {
      for (int row = part.fromRow(); row < part.toRow(); row++) {
        for (int column = 0; column < plane.width(); column++) {
          visitor.visit(channel, plane.at(channel, row, column, lanes));
        }
      }
    }
  }

  private interface SquareVisitor {
    void visit(Square square, int at);
  }

  private void forEachSquare(Plane from, Plane to, Part part, SquareVisitor visitor) {
    int side = from.height() / to.height();
    for (int channel = part.fromChannel(); channel < part.toChannel(); channel++) {
      for (int row = part.fromRow(); row < part.toRow(); row++) {
        for (int column = 0; column < to.width(); column++) {
          Square square = new Square(from.at(channel, row * side, column * side, lanes), from.rowCells() * lanes, side);
          visitor.visit(square, to.at(channel, row, column, lanes));
        }
      }
    }
  }

  /** The cells that one cell of a maximum is made of, as indices of their first words. */
  private final class Square {

    private final int corner;
    private final int rowWords;
    private final int side;

    Square(int corner, int rowWords, int side) {
      this.corner = corner;
      this.rowWords = rowWords;
      this.side = side;
    }

    int cells() {
      return side * side;
    }

    int cell(int i) {
      return corner + i / side * rowWords + i % side * lanes;
    }

    /** The first of the cells with the largest value of an image. */
    int largest(float[] in, int image) {
      int best = corner;
      for (int i = 1; i < cells(); i++) {
        if (words.get(in, cell(i), image) > words.get(in, best, image)) {
          best = cell(i);
        }
      }
      return best;
    }
  }
}
