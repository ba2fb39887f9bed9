package io.overlapped.simulate;

import io.overlapped.echo.EchoOptions;
import io.overlapped.echo.EchoServer;
import io.overlapped.sim.Host;
import io.overlapped.sim.World;
import java.util.function.BiFunction;

/**
 * The echo server. What comes back is a prefix of what was sent, and all of it where the stream
 * ends as it should.
 */
final class EchoWorkload implements Workload {
    private final BiFunction<Host, World, Runnable> service;

    EchoWorkload() {
        this(EchoWorkload::open);
    }

    /**
     * @param service opens an echo server on {@link Scene#PORT} and says how it is closed
     */
    EchoWorkload(BiFunction<Host, World, Runnable> service) {
        this.service = service;
    }

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public Scene open(World world, Verdict verdict, int clients) {
        Scene scene = new Scene(world, verdict, host -> service.apply(host, world)) {};
        for (int i = 1; i <= clients; i++) {
            scene.add(new EchoVisitor(scene, "client-" + i));
        }
        return scene;
    }

    private static Runnable open(Host host, World world) {
        EchoOptions options =
                EchoOptions.defaults().withReport(_ -> world.mayThrow("the echo server"));
        EchoServer server = EchoServer.open(host.proactor(), host.address(Scene.PORT), options);
        return server::close;
    }
}
