package org.scorebound.benchmarks;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * What a native library finds in this process: environment and allocator, changed through the C
 * library before it is loaded, since JMH's forks inherit the environment as it is.
 */
final class NativeProcess {

  /** {@code M_TRIM_THRESHOLD} and {@code M_MMAP_THRESHOLD} of glibc's {@code mallopt}. */
  private static final int TRIM_THRESHOLD = -1;

  private static final int MMAP_THRESHOLD = -3;

  private NativeProcess() {}

  static void setEnvironment(String name, String value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment n = arena.allocateFrom(name);
      MemorySegment v = arena.allocateFrom(value);
      var type =
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
      check("setenv", (int) function("setenv", type).invokeExact(n, v, 1), 0);
    } catch (Throwable e) {
      throw new UnsupportedOperationException("cannot set " + name, e);
    }
  }

  static void unsetEnvironment(String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment n = arena.allocateFrom(name);
      var type = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
      check("unsetenv", (int) function("unsetenv", type).invokeExact(n), 0);
    } catch (Throwable e) {
      throw new UnsupportedOperationException("cannot unset " + name, e);
    }
  }

  /** No page faults for what was allocated before: blocks of any size stay with the process. */
  static void keepFreedMemory() {
    try {
      var type =
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
      MethodHandle mallopt = function("mallopt", type);
      check("mallopt", (int) mallopt.invokeExact(MMAP_THRESHOLD, 1 << 30), 1);
      check("mallopt", (int) mallopt.invokeExact(TRIM_THRESHOLD, Integer.MAX_VALUE), 1);
    } catch (Throwable e) {
      throw new UnsupportedOperationException("cannot set up the allocator", e);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle function(String name, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
  }

  private static void check(String name, int got, int expected) {
    if (got != expected) {
      throw new IllegalStateException(name + " must return " + expected + ", got " + got);
    }
  }
}
