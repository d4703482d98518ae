package org.scorebound.result;

import java.util.Optional;

/**
 * Which build of this program made a result.
 *
 * @param version the version in the project's build file
 * @param commit the source revision, with {@code -dirty} appended if the work tree had changes;
 *     empty if the build had no version control
 */
public record BuildInfo(String version, Optional<String> commit) {}
