package dev.sparrow.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints; loads no natives. */
final class Versions implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String sparrow = Optional.ofNullable(Main.class.getPackage().getImplementationVersion()).orElse("(built from source)");
    String java = System.getProperty("java.vm.name") + " " + Runtime.version();
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    return new String[] {"Sparrow " + sparrow, "Java    " + java, "System  " + system};
  }
}
