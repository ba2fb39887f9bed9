package io.overlapped.lab.model;

import org.jspecify.annotations.Nullable;

/**
 * What there is to say of a model, for a report.
 *
 * @param name what it is called on the command line
 * @param kind how it learns that there is something to do
 * @param what what it is, in a sentence
 * @param limit what it cannot do however big the machine is, or null
 * @param slowClient what becomes of a client that does not read, and of the others meanwhile
 * @param source its file, from the root of the project
 *     <p>Threads: a value.
 */
public record About(
        String name, Kind kind, Text what, @Nullable Text limit, Text slowClient, String source) {
    private static final String FOLDER = "tools/lab/src/main/java/io/overlapped/lab/model/";

    /** A text in both languages of the report. */
    public record Text(String english, String korean) {}

    static About of(
            Class<? extends Model> model,
            String name,
            Kind kind,
            Text what,
            @Nullable Text limit,
            Text slowClient) {
        return new About(
                name, kind, what, limit, slowClient, FOLDER + model.getSimpleName() + ".java");
    }
}
