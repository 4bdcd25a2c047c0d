package dev.sparrow.attack;

import java.util.SplittableRandom;

/** One l2 query of Square (Andriushchenko et al., 2020, algorithm 3) for one image of three channels, pixel by pixel in double. */
final class L2SquareTwin {

  private L2SquareTwin() {}

  static float[] candidate(float[] image, float[] best, int size, int side, double eps, long draw) {
    SplittableRandom random = new SplittableRandom(draw);
    int top = random.nextInt(size - side);
    int left = random.nextInt(size - side);
    boolean upright = random.nextBoolean();
    int[] signs = {random.nextBoolean() ? 1 : -1, random.nextBoolean() ? 1 : -1, random.nextBoolean() ? 1 : -1};
    int otherTop = random.nextInt(size - side);
    int otherLeft = random.nextInt(size - side);
    double[][] eta = eta(side);

    double whole = 0;
    double windows = 0;
    double[][][] delta = new double[3][size][size];
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          int i = (c * size + y) * size + x;
          delta[c][y][x] = (double) best[i] - image[i];
          double square = delta[c][y][x] * delta[c][y][x];
          whole += square;
          windows += inside(y, x, top, left, side) || inside(y, x, otherTop, otherLeft, side) ? square : 0;
        }
      }
    }
    double budget = Math.sqrt(windows + Math.max(eps * eps - whole, 0) / 3);
    double total = 0;
    for (int c = 0; c < 3; c++) {
      double old = 0;
      for (int y = top; y < top + side; y++) {
        for (int x = left; x < left + side; x++) {
          old += delta[c][y][x] * delta[c][y][x];
        }
      }
      double[][] fresh = new double[side][side];
      double length = 0;
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          fresh[y][x] = signs[c] * (upright ? eta[y][x] : eta[x][y]) + delta[c][top + y][left + x] / (1e-12 + Math.sqrt(old));
          length += fresh[y][x] * fresh[y][x];
        }
      }
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          if (inside(y, x, top, left, side)) {
            delta[c][y][x] = fresh[y - top][x - left] / (1e-12 + Math.sqrt(length)) * budget;
          } else if (inside(y, x, otherTop, otherLeft, side)) {
            delta[c][y][x] = 0;
          }
          total += delta[c][y][x] * delta[c][y][x];
        }
      }
    }
    float[] candidate = new float[image.length];
    for (int i = 0; i < image.length; i++) {
      double change = delta[i / (size * size)][i / size % size][i % size] / (Math.sqrt(total) + 1e-12) * eps;
      candidate[i] = (float) Math.min(Math.max(image[i] + change, 0), 1);
    }
    return candidate;
  }

  private static boolean inside(int y, int x, int top, int left, int side) {
    return y >= top && y < top + side && x >= left && x < left + side;
  }

  /** Nested squares painted one over the other, as the paper describes them. */
  private static double[][] eta(int side) {
    double[][] eta = new double[side][side];
    paint(eta, 0, side / 2, 1);
    paint(eta, side / 2, side - side / 2, -1);
    return eta;
  }

  private static void paint(double[][] eta, int top, int height, int sign) {
    int side = eta.length;
    double[][] half = new double[height][side];
    int steps = Math.max(height / 2, side / 2) + 1;
    for (int k = 0; k < steps; k++) {
      for (int y = Math.max(0, height / 2 - k); y <= Math.min(height - 1, height / 2 + k); y++) {
        for (int x = Math.max(0, side / 2 - k); x <= Math.min(side - 1, side / 2 + k); x++) {
          half[y][x] += 1 / Math.pow(k + 1, 2);
        }
      }
    }
    double squares = 0;
    for (double[] row : half) {
      for (double value : row) {
        squares += value * value;
      }
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < side; x++) {
        eta[top + y][x] = sign * half[y][x] / Math.sqrt(2 * squares);
      }
    }
  }
}
