package io.overlapped.conformance;

import io.overlapped.Proactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.opentest4j.TestAbortedException;

/** Runs a test once on each configuration; on one that cannot run here it is skipped, with why. */
final class Configurations implements TestTemplateInvocationContextProvider {
    private static final Map<String, Integer> PASSED = new TreeMap<>();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> System.out.println("conformance " + PASSED)));
    }

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
            ExtensionContext context) {
        List<Configuration> all = new ArrayList<>(Configuration.SINGLE);
        if (context.getRequiredTestClass().isAnnotationPresent(NeedsThreads.class)) {
            all.remove(Configuration.SIM);
        }
        if (context.getRequiredTestMethod().getAnnotation(Conformance.class).mixed()) {
            all.addAll(Configuration.MIXED);
        }
        String only = only();
        return all.stream().filter(c -> only == null || only.equals(c.name())).map(Invocation::new);
    }

    /** The one that is asked for by its name, or as the default: that of the driver here. */
    private static @Nullable String only() {
        String only = System.getProperty("conformance.only");
        return only == null || !only.equals("default") ? only : DefaultDriver.NAME;
    }

    private static final class DefaultDriver {
        static final String NAME = name();

        private static String name() {
            try (Proactor proactor = Proactor.open()) {
                return proactor.report().driver();
            }
        }
    }

    private record Invocation(Configuration configuration)
            implements TestTemplateInvocationContext {

        @Override
        public String getDisplayName(int index) {
            return configuration.name();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new BenchParameter(configuration));
        }
    }

    private static final class BenchParameter
            implements ParameterResolver, AfterTestExecutionCallback {
        private final Configuration configuration;
        private Bench bench;

        BenchParameter(Configuration configuration) {
            this.configuration = configuration;
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Bench.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            String obstacle = configuration.obstacle();
            if (obstacle != null) {
                throw new TestAbortedException(configuration.name() + ": " + obstacle);
            }
            bench = new Bench(configuration);
            return bench;
        }

        @Override
        public void afterTestExecution(ExtensionContext context) {
            Throwable failure = context.getExecutionException().orElse(null);
            try {
                bench.close();
            } catch (RuntimeException | Error e) {
                if (failure == null) {
                    throw e;
                }
                failure.addSuppressed(e);
            }
            if (failure == null) {
                synchronized (PASSED) {
                    PASSED.merge(configuration.name(), 1, Integer::sum);
                }
            }
        }
    }
}
