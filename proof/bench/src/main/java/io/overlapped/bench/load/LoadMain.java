package io.overlapped.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The load generator's process: reads a {@link Request} a line, and answers each with a {@link
 * Reply}. It ends with its input.
 */
final class LoadMain {
    private LoadMain() {}

    public static void main(String[] args) throws IOException {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            answer(Request.of(line), input);
        }
    }

    /** One line for each request, whatever happens: the lines must stay in step. */
    private static void answer(Request request, BufferedReader input) throws IOException {
        String reply;
        try (Load load = Load.of(request)) {
            reply = load.run().line();
            if (request.kind() == Request.Kind.HOLD) {
                System.out.println(reply);
                input.readLine();
                return;
            }
        } catch (RuntimeException e) {
            reply = Reply.failure(e);
        }
        System.out.println(reply);
        if (request.kind() == Request.Kind.HOLD) {
            input.readLine();
        }
    }
}
