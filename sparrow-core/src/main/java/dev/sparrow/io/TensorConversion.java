package dev.sparrow.io;

import dev.sparrow.BadInput;
import java.nio.ByteBuffer;

/** Elements of any type as the three types that networks are made of. */
public final class TensorConversion {

  private static final int HALF_FRACTION_BITS = 10;
  private static final int HALF_FRACTION = (1 << HALF_FRACTION_BITS) - 1;
  private static final int HALF_EXPONENT = 31;
  private static final int HALF_BIAS = 15;

  private static final int EIGHT_FRACTION_BITS = 3;
  private static final int EIGHT_FRACTION = 7;
  private static final int EIGHT_EXPONENT = 15;
  private static final int EIGHT_BIAS = 7;

  private TensorConversion() {}

  /**
   * The type that holds a type's values: float32 for floating point, int64 for integers, boolean for booleans. All are converted exactly,
   * save float64, which is rounded to the nearest float32, as PyTorch does when it loads into such a network.
   *
   * @param dtype any type
   * @return F32, I64 or BOOL
   */
  public static DType wide(DType dtype) {
    return switch (dtype) {
      case F8_E5M2, F8_E4M3, F16, BF16, F32, F64 -> DType.F32;
      case U8, I8, U16, I16, U32, I32, U64, I64 -> DType.I64;
      case BOOL -> DType.BOOL;
    };
  }

  /**
   * Converts a tensor to its {@linkplain #wide wide} type.
   *
   * @param from the tensor
   * @param target little-endian; has the bytes of the converted tensor remaining, its position moves to its limit
   * @param name the tensor's, for messages
   * @throws BadInput if a float64 is beyond float32, an integer beyond int64, or a boolean neither 0 nor 1
   */
  public static void widen(TensorData from, ByteBuffer target, String name) {
    ByteBuffer data = from.data();
    while (data.hasRemaining()) {
      switch (from.dtype()) {
        case F8_E5M2, F8_E4M3, F16, BF16 -> target.putFloat(small(from.dtype(), data));
        case F32 -> target.putInt(data.getInt()); // not as a float: the bits of a NaN are kept
        case F64 -> target.putFloat(single(data.getDouble(), name));
        case BOOL -> target.put(bit(data.get(), name));
        default -> target.putLong(integer(from.dtype(), data, name));
      }
    }
  }

  /**
   * Reads a mask of any type.
   *
   * @param from the tensor
   * @param name the tensor's, for messages
   * @return one value per element, row-major
   * @throws BadInput if an element is neither 0 nor 1
   */
  public static boolean[] mask(TensorData from, String name) {
    ByteBuffer data = from.data();
    boolean[] active = new boolean[(int) from.shape().size()];
    for (int i = 0; i < active.length; i++) {
      double value = number(from.dtype(), data, name);
      if (value != 0 && value != 1) {
        throw BadInput.data("mask", "0 or 1", value, name);
      }
      active[i] = value == 1;
    }
    return active;
  }

  private static double number(DType dtype, ByteBuffer data, String name) {
    return switch (dtype) {
      case F8_E5M2, F8_E4M3, F16, BF16 -> small(dtype, data);
      case F32 -> data.getFloat();
      case F64 -> data.getDouble();
      case BOOL -> data.get();
      default -> integer(dtype, data, name);
    };
  }

  private static long integer(DType dtype, ByteBuffer data, String name) {
    return switch (dtype) {
      case U8 -> Byte.toUnsignedLong(data.get());
      case I8 -> data.get();
      case U16 -> Short.toUnsignedLong(data.getShort());
      case I16 -> data.getShort();
      case U32 -> Integer.toUnsignedLong(data.getInt());
      case I32 -> data.getInt();
      case U64 -> signed(data.getLong(), name);
      case I64 -> data.getLong();
      default -> throw new IllegalArgumentException("type: expected an integer, got " + dtype);
    };
  }

  private static long signed(long unsigned, String name) {
    if (unsigned < 0) {
      throw BadInput.data("tensor", "integers below 2^63", Long.toUnsignedString(unsigned), name);
    }
    return unsigned;
  }

  /** A float of one or two bytes. */
  private static float small(DType dtype, ByteBuffer data) {
    return switch (dtype) {
      case F8_E5M2 -> half((short) (data.get() << Byte.SIZE));
      case F8_E4M3 -> eight(data.get());
      case F16 -> half(data.getShort());
      case BF16 -> Float.intBitsToFloat(data.getShort() << Short.SIZE);
      default -> throw new IllegalArgumentException("type: expected a small float, got " + dtype);
    };
  }

  /** Four bits of exponent with a bias of 7, three of fraction; all ones are no number. */
  private static float eight(byte bits) {
    int exponent = bits >> EIGHT_FRACTION_BITS & EIGHT_EXPONENT;
    int fraction = bits & EIGHT_FRACTION;
    if (exponent == EIGHT_EXPONENT && fraction == EIGHT_FRACTION) {
      return Float.NaN;
    }
    float magnitude = exponent == 0 ? fraction * 0x1p-9f : Math.scalb(1 + fraction / (EIGHT_FRACTION + 1f), exponent - EIGHT_BIAS);
    return bits < 0 ? -magnitude : magnitude;
  }

  private static float half(short bits) {
    int exponent = bits >> HALF_FRACTION_BITS & HALF_EXPONENT;
    int fraction = bits & HALF_FRACTION;
    int sign = bits & 0x8000;
    if (exponent == 0) { // subnormal: a multiple of 2^-24, which float32 has as a normal number
      return Math.copySign(fraction * 0x1p-24f, Float.intBitsToFloat(sign << Short.SIZE));
    }
    int wide = exponent == HALF_EXPONENT ? 255 : exponent - HALF_BIAS + 127;
    return Float.intBitsToFloat(sign << Short.SIZE | wide << 23 | fraction << 23 - HALF_FRACTION_BITS);
  }

  private static float single(double value, String name) {
    float rounded = (float) value;
    if (Float.isInfinite(rounded) && !Double.isInfinite(value)) {
      throw BadInput.data("tensor", "values that float32 can hold", value, name);
    }
    return rounded;
  }

  private static byte bit(byte value, String name) {
    if (value != 0 && value != 1) {
      throw BadInput.data("boolean", "0 or 1", value, name);
    }
    return value;
  }
}
