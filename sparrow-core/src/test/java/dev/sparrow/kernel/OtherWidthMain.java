package dev.sparrow.kernel;

import java.util.List;

/** Another Java process: runs the contract on the kernels that are chosen there, and says which they are. */
final class OtherWidthMain {

  private OtherWidthMain() {}

  /**
   * Prints a line for each format, then "passed".
   *
   * @param args "contract" to run it, nothing to print only
   */
  public static void main(String[] args) {
    for (WordFormat format : WordFormat.values()) {
      Kernels kernels = KernelLoader.load(KernelChoice.AUTO, format);
      System.out.println(kernels.lanes() + " lanes, " + kernels.description());
      if (List.of(args).contains("contract")) {
        KernelsContract.all(kernels);
      }
    }
    System.out.println("passed");
  }
}
