package org.scorebound.result;

/**
 * The machine and the virtual machine a result was made on.
 *
 * @param cpu the processor's own name for itself, or {@code unknown}
 * @param cores logical processors that the virtual machine may use
 * @param architecture for example {@code amd64} or {@code aarch64}
 * @param vectorBits the widest vectors the JIT compiler uses, in bits; 0 if unknown
 * @param os operating system and its version
 * @param jvm virtual machine, its version and vendor
 */
public record MachineInfo(
    String cpu, int cores, String architecture, int vectorBits, String os, String jvm) {}
