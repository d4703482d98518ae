package org.scorebound.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.scorebound.io.BundledData;
import org.scorebound.io.HostFacts;
import org.scorebound.result.BuildInfo;
import org.scorebound.result.MachineInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what result documents record of this build and this machine. */
@Command(name = "info", description = "Show the build, the machine and the bundled data sets.")
final class InfoCommand implements Callable<ExitCode> {

  @Spec private CommandSpec spec;

  @Override
  public ExitCode call() {
    BuildInfo build = HostFacts.build();
    MachineInfo machine = HostFacts.machine();
    String coreType = System.getenv("OPENBLAS_CORETYPE");
    PrintWriter out = spec.commandLine().getOut();
    out.println("version       " + build.version());
    out.println("commit        " + build.commit().orElse("unknown"));
    out.println("processor     " + machine.cpu());
    out.println("cores         " + machine.cores());
    out.println("architecture  " + machine.architecture());
    out.println("vector bits   " + machine.vectorBits());
    out.println("system        " + machine.os());
    out.println("jvm           " + machine.jvm());
    out.println("OpenBLAS core " + (coreType == null ? "left to the library" : coreType));
    out.println("data sets     " + String.join(", ", BundledData.names()));
    return ExitCode.OK;
  }
}
