package org.scorebound.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * Puts the real standard error back in place. The virtual machine prints a warning for every
 * incubator module before {@code main} and has no flag against it, so the launcher script lets
 * standard error go through a filter until then, and hands over the real one as a further file
 * descriptor. From here on nothing stands between the program and the terminal.
 */
final class StandardError {

  private static final int STDERR = 2;

  private StandardError() {}

  /**
   * Replaces file descriptor 2 by the one that the system property {@code scorebound.stderr} names,
   * with POSIX {@code dup2} and {@code close}. Does nothing without the property; where the calls
   * fail, standard error stays filtered, which loses nothing but the progress bar's rhythm.
   */
  static void restore() {
    Integer descriptor = Integer.getInteger("scorebound.stderr");
    if (descriptor == null) {
      return;
    }
    System.err.flush();
    if (call("dup2", descriptor, STDERR) == STDERR) {
      call("close", descriptor);
    }
  }

  /**
   * Calls a C function of ints that returns an int; -1 where it does not exist. Calling out of Java
   * is restricted to programs that were started with native access, as this one is.
   */
  @SuppressWarnings("restricted")
  private static int call(String name, Integer... arguments) {
    Linker linker = Linker.nativeLinker();
    SymbolLookup lookup = linker.defaultLookup();
    MemorySegment function = lookup.find(name).orElse(MemorySegment.NULL);
    if (function.address() == 0) {
      return -1;
    }
    ValueLayout[] layouts = new ValueLayout[arguments.length];
    Arrays.fill(layouts, ValueLayout.JAVA_INT);
    MethodHandle handle =
        linker.downcallHandle(function, FunctionDescriptor.of(ValueLayout.JAVA_INT, layouts));
    try {
      return (int) handle.invokeWithArguments((Object[]) arguments);
    } catch (Throwable e) {
      throw new IllegalStateException(name + " cannot be called", e);
    }
  }
}
