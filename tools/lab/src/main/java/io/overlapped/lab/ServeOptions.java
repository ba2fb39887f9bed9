package io.overlapped.lab;

import io.overlapped.lab.model.Job;
import java.util.Arrays;
import java.util.Iterator;

/** What {@link Serve} is called with. */
record ServeOptions(boolean list, String model, Job job, int port, String driver, boolean watch) {
    static final String USAGE =
            "usage: --model NAME --job echo|chat --port P [--driver auto|uring|nio] [--watch],"
                    + " or --list";

    static ServeOptions parse(String[] arguments) {
        boolean list = false;
        boolean watch = false;
        String model = "";
        Job job = Job.ECHO;
        int port = 0;
        String driver = "auto";
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--list" -> list = true;
                case "--watch" -> watch = true;
                case "--model" -> model = value(option, rest);
                case "--job" -> job = Job.of(value(option, rest));
                case "--port" -> port = port(value(option, rest));
                case "--driver" -> driver = value(option, rest);
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        if (model.isEmpty() && !list) {
            throw new IllegalArgumentException("--model is missing");
        }
        return new ServeOptions(list, model, job, port, driver, watch);
    }

    private static String value(String option, Iterator<String> rest) {
        if (rest.hasNext()) {
            return rest.next();
        }
        throw new IllegalArgumentException(option + " needs a value");
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("--port must be 0 to 65535, not " + text);
    }
}
