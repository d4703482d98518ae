package org.scorebound.io;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.scorebound.result.BuildInfo;
import org.scorebound.result.MachineInfo;

/** Finds out which build this is and which machine it runs on. */
public final class HostFacts {

  private static final String BUILD_PROPERTIES = "/org/scorebound/build.properties";

  private HostFacts() {}

  /** Version and revision, which the build has left in a resource. */
  public static BuildInfo build() {
    Properties properties = new Properties();
    try (InputStream stream = HostFacts.class.getResourceAsStream(BUILD_PROPERTIES)) {
      if (stream != null) {
        properties.load(stream);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Optional<String> commit =
        Optional.ofNullable(properties.getProperty("commit")).filter(id -> !id.isBlank());
    return new BuildInfo(properties.getProperty("version", "unknown"), commit);
  }

  /** Processor, operating system and virtual machine. */
  public static MachineInfo machine() {
    return new MachineInfo(
        processor(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.arch"),
        vectorBits(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name")
            + " "
            + System.getProperty("java.vm.version")
            + ", "
            + System.getProperty("java.vendor"));
  }

  /** The model name that Linux tells; elsewhere what the environment has, if anything. */
  private static String processor() {
    Path cpuinfo = Path.of("/proc/cpuinfo");
    if (Files.isReadable(cpuinfo)) {
      try (Stream<String> lines = Files.lines(cpuinfo)) {
        Optional<String> model =
            lines
                .filter(line -> line.startsWith("model name") && line.contains(":"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
        if (model.isPresent()) {
          return model.get();
        }
      } catch (IOException | UncheckedIOException e) {
        return "unknown";
      }
    }
    String identifier = System.getenv("PROCESSOR_IDENTIFIER");
    return identifier == null ? "unknown" : identifier;
  }

  /** The widest vectors in use, in bits: HotSpot's {@code MaxVectorSize}; 0 if unknown. */
  public static int vectorBits() {
    HotSpotDiagnosticMXBean hotSpot =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (hotSpot == null) {
      return 0;
    }
    try {
      return 8 * Integer.parseInt(hotSpot.getVMOption("MaxVectorSize").getValue());
    } catch (IllegalArgumentException e) {
      // This virtual machine has no such option.
      return 0;
    }
  }
}
