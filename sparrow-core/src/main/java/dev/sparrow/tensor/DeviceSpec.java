package dev.sparrow.tensor;

import dev.sparrow.BadInput;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;

/**
 * Where tensors live and are computed.
 *
 * @param index -1 for the CPU, else the number of a CUDA device
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record DeviceSpec(int index) {

  /** The processor. */
  public static final DeviceSpec CPU = new DeviceSpec(-1);

  private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

  /**
   * Reads and checks a device's name. Loads libtorch unless the name is {@code cpu}.
   *
   * @param name {@code cpu}, {@code cuda}, {@code cuda:N} or {@code auto}, which takes the first GPU if there is one
   * @return the device
   * @throws BadInput if the name is unknown or there is no such GPU
   */
  public static DeviceSpec resolve(String name) {
    if (name.equals("cpu")) {
      return CPU;
    }
    if (name.equals("auto")) {
      return torch.hasCUDA() ? new DeviceSpec(0) : CPU;
    }
    Matcher matcher = CUDA.matcher(name);
    if (!matcher.matches()) {
      throw BadInput.usage("--device", "cpu, cuda, cuda:N or auto", "'" + name + "'");
    }
    int index = matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
    long available = torch.hasCUDA() ? torch.getNumGPUs() : 0;
    if (index >= available) {
      throw BadInput.usage("--device", available == 0 ? "cpu (no CUDA device was found)" : "a device below cuda:" + available, name);
    }
    return new DeviceSpec(index);
  }

  /**
   * Whether this is a GPU.
   *
   * @return false for the CPU
   */
  public boolean isCuda() {
    return index >= 0;
  }

  /**
   * The device as libtorch takes it.
   *
   * @return a fresh object, owned by the caller's scope
   */
  public Device toDevice() {
    return isCuda() ? new Device(torch.DeviceType.CUDA, (byte) index) : new Device(torch.DeviceType.CPU);
  }

  /** Prints {@code cpu} or {@code cuda:N}. */
  @Override
  public String toString() {
    return isCuda() ? "cuda:" + index : "cpu";
  }
}
