package io.overlapped.lab.referee;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A process that serves as a model does, rightly or with one planted fault. */
final class StandIn {
    static final String RIGHT = "right";
    static final String WRONG = "wrong";
    static final String DOUBLED = "doubled";
    static final String HANGS = "hangs";
    static final String REFUSES = "refuses";
    static final String AT_MOST_64 = "at-most-64";
    static final String DIES = "dies";

    private static final int CLIENTS_MAX = 64;
    private static final int BUFFER_BYTES = 4096;
    private static final int GOOD_READS = 3;

    private final String model;
    private final boolean chat;
    private final boolean watched;
    private final List<Socket> clients = new CopyOnWriteArrayList<>();

    private StandIn(String model, boolean chat, boolean watched) {
        this.model = model;
        this.chat = chat;
        this.watched = watched;
    }

    static ModelCommand command() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("java.class.path");
        return (model, job, watched) ->
                List.of(
                        java,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes,
                        StandIn.class.getName(),
                        model,
                        job,
                        Boolean.toString(watched));
    }

    public static void main(String[] arguments) throws IOException {
        String model = arguments[0];
        if (model.equals(REFUSES)) {
            System.err.println("this kernel has none");
            System.exit(1);
        }
        boolean chat = arguments[1].equals(Row.CHAT);
        new StandIn(model, chat, Boolean.parseBoolean(arguments[2])).serve(arguments[1]);
    }

    private void serve(String job) throws IOException {
        try (ServerSocket door = new ServerSocket(0, 512, InetAddress.getByName("127.0.0.1"))) {
            System.out.printf(
                    "listening 127.0.0.1:%d model=%s job=%s pid=%d%n",
                    door.getLocalPort(), model, job, ProcessHandle.current().pid());
            System.out.flush();
            while (true) {
                Socket client = door.accept();
                client.setTcpNoDelay(true);
                if (model.equals(AT_MOST_64) && clients.size() == CLIENTS_MAX) {
                    System.err.println("the 65th client has no place in a group of 64");
                    client.close();
                    continue;
                }
                clients.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            if (chat) {
                relay(client);
            } else {
                echo(client);
            }
        } catch (IOException e) {
            // The client has gone.
        } finally {
            clients.remove(client);
        }
    }

    private void echo(Socket client) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        int reads = 0;
        step("accepted", "");
        for (int n = client.getInputStream().read(buffer);
                n > 0;
                n = client.getInputStream().read(buffer)) {
            reads++;
            step("read", n + " bytes");
            if (reads > GOOD_READS) {
                misbehave(buffer);
            }
            client.getOutputStream().write(buffer, 0, n);
            if (reads > GOOD_READS && model.equals(DOUBLED)) {
                client.getOutputStream().write(buffer, 0, n);
            }
            step("written", n + " bytes");
        }
        step("ended", "");
    }

    private void misbehave(byte[] buffer) {
        switch (model) {
            case WRONG -> buffer[17] ^= 1;
            case HANGS -> pause();
            case DIES -> {
                System.err.println("no memory is left");
                Runtime.getRuntime().halt(3);
            }
            default -> {}
        }
    }

    private static void pause() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step(String what, String detail) {
        if (watched) {
            System.out.printf(
                    "{\"nanos\":%d,\"thread\":\"%s\",\"connection\":1,\"step\":\"%s\","
                            + "\"detail\":\"%s\"}%n",
                    System.nanoTime(), "main", what, detail);
            System.out.flush();
        }
    }

    private void relay(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        int packets = 0;
        while (true) {
            byte[] packet = new byte[2 + in.readUnsignedShort()];
            packet[0] = (byte) ((packet.length - 2) >> 8);
            packet[1] = (byte) (packet.length - 2);
            in.readFully(packet, 2, packet.length - 2);
            boolean swallowed = model.equals(WRONG) && ++packets == GOOD_READS;
            for (Socket each : clients) {
                if (!swallowed || each.equals(client)) {
                    send(each, packet);
                }
            }
        }
    }

    private static void send(Socket client, byte[] packet) {
        try {
            synchronized (client) {
                OutputStream out = client.getOutputStream();
                out.write(packet);
            }
        } catch (IOException e) {
            // It has gone; its own thread sees that too.
        }
    }
}
