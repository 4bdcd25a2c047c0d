package dev.sparrow.kernel;

import dev.sparrow.arch.Op;

/** The convolutions of a ResNet-18 of width 64 on 32x32 images: channels, side of the input, stride. */
public enum ResNet18Layer {
  /** The first layer. */
  STEM(3, 64, 32, 3, 1),
  /** First stage. */
  C64_S32(64, 64, 32, 3, 1),
  /** Into the second stage. */
  C64_C128_S32(64, 128, 32, 3, 2),
  /** Second stage. */
  C128_S16(128, 128, 16, 3, 1),
  /** Into the third stage. */
  C128_C256_S16(128, 256, 16, 3, 2),
  /** Third stage. */
  C256_S8(256, 256, 8, 3, 1),
  /** Into the fourth stage. */
  C256_C512_S8(256, 512, 8, 3, 2),
  /** Fourth stage. */
  C512_S4(512, 512, 4, 3, 1),
  /** First shortcut. */
  SHORTCUT_C128(64, 128, 32, 1, 2),
  /** Second shortcut. */
  SHORTCUT_C256(128, 256, 16, 1, 2),
  /** Third shortcut. */
  SHORTCUT_C512(256, 512, 8, 1, 2);

  /** Images of a batch. */
  static final int BATCH = 128;

  private final Op.Conv2d conv;
  private final int side;

  ResNet18Layer(int in, int out, int side, int kernel, int stride) {
    this.conv = new Op.Conv2d("conv", in, out, kernel, stride, kernel / 2, false);
    this.side = side;
  }

  Op.Conv2d conv() {
    return conv;
  }

  Plane input() {
    return new Plane(conv.in(), side, side);
  }

  Plane output() {
    int outSide = (side - 1) / conv.stride() + 1;
    return new Plane(conv.out(), outSide, outSide);
  }
}
