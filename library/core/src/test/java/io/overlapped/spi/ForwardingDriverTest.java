package io.overlapped.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.overlapped.DriverReport;
import io.overlapped.StreamOption;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForwardingDriverTest {
    private static final MemorySegment MEMORY = Arena.global().allocate(8);
    private static final Map<Class<?>, Object> VALUES =
            Map.ofEntries(
                    Map.entry(boolean.class, true),
                    Map.entry(int.class, 7),
                    Map.entry(long.class, 8L),
                    Map.entry(String.class, "name"),
                    Map.entry(StreamOption.class, StreamOption.NO_DELAY),
                    Map.entry(InetSocketAddress.class, new InetSocketAddress(9)),
                    Map.entry(MemorySegment.class, MEMORY),
                    Map.entry(IoVector.class, new IoVector()),
                    Map.entry(Driver.Sink.class, (Driver.Sink) (_, _, _) -> {}),
                    Map.entry(Probe.class, new Probe() {}),
                    Map.entry(
                            DriverReport.class,
                            new DriverReport("", true, "", "", Map.of(), List.of(), Map.of())));

    private final List<String> calls = new ArrayList<>();

    /** Every method a driver has now, or will have: those with a default too. */
    static Stream<Method> methods() {
        return Arrays.stream(Driver.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(
                        method ->
                                !method.getName().equals("close")
                                        || method.getParameterCount() > 0);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void everyCallIsPassedOnAsItIsAndItsAnswerBack(Method method) throws Exception {
        Object[] arguments =
                Arrays.stream(method.getParameterTypes())
                        .map(ForwardingDriverTest::value)
                        .toArray();
        Object answer = method.invoke(new ForwardingDriver(recorder()), arguments);
        assertEquals(List.of(call(method, arguments)), calls);
        if (method.getReturnType() != void.class) {
            assertEquals(value(method.getReturnType()), answer);
        }
    }

    private Driver recorder() {
        InvocationHandler recording =
                (_, method, arguments) -> {
                    calls.add(call(method, arguments));
                    return method.getReturnType() == void.class
                            ? null
                            : value(method.getReturnType());
                };
        return (Driver)
                Proxy.newProxyInstance(
                        Driver.class.getClassLoader(), new Class<?>[] {Driver.class}, recording);
    }

    private static String call(Method method, Object[] arguments) {
        return method.getName() + Arrays.toString(arguments == null ? new Object[0] : arguments);
    }

    private static Object value(Class<?> type) {
        Object value = VALUES.get(type);
        assertNotNull(value, () -> "this test has no " + type.getName());
        return value;
    }
}
