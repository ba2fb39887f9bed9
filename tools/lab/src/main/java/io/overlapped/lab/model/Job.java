package io.overlapped.lab.model;

import java.util.Locale;

/**
 * What a model has to do.
 *
 * <p>Threads: a value.
 */
public enum Job {
    /** The bytes of each client go back to it. */
    ECHO,
    /**
     * Each packet, two bytes with the length (big-endian) and as many bytes, goes to everyone who
     * is connected, its sender too. Packets may arrive split and joined.
     */
    CHAT;

    /** Its name as it is typed: {@code echo}, {@code chat}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException if no job has that label
     */
    public static Job of(String label) {
        for (Job job : values()) {
            if (job.label().equals(label)) {
                return job;
            }
        }
        throw new IllegalArgumentException("there is no job " + label + "; there are echo, chat");
    }
}
