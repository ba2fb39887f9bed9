package io.overlapped.cli;

import java.lang.module.ModuleDescriptor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is running, and on what.
 *
 * @param commit the commit it was built from; {@code unknown} where it was not built in a clone
 */
record Build(String version, String commit, String java, String system) {
    /** The build this process runs. */
    static Build running() {
        return new Build(
                Optional.ofNullable(Build.class.getModule().getDescriptor())
                        .flatMap(ModuleDescriptor::rawVersion)
                        .orElse("unknown"),
                System.getProperty("overlapped.commit", "unknown"),
                System.getProperty("java.version") + " " + System.getProperty("java.vendor"),
                System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.version")
                        + " "
                        + System.getProperty("os.arch"));
    }

    String line() {
        return "overlapped %s, commit %s, Java %s, %s".formatted(version, commit, java, system);
    }

    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("version", version);
        facts.put("commit", commit);
        facts.put("java", java);
        facts.put("system", system);
        return facts;
    }
}
