package io.overlapped.cli;

import java.net.InetSocketAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where to listen, or whom to connect to. The command that mixes it in knows the default port. */
final class AddressOptions {
    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "Name or address (default: ${DEFAULT-VALUE}).")
    String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            converter = PortConverter.class,
            description = "Port (default: ${DEFAULT-VALUE}; a server picks a free one at 0).")
    int port;

    AddressOptions(int port) {
        this.port = port;
    }

    /**
     * The address, looked up.
     *
     * @throws UserError if the name is unknown
     */
    InetSocketAddress address() {
        return address(port);
    }

    /** The address with another port, for a command that uses several. */
    InetSocketAddress address(int otherPort) {
        InetSocketAddress address = new InetSocketAddress(host, otherPort);
        if (address.isUnresolved()) {
            throw new UserError(
                    "no address is known for the host '" + host + "'",
                    "check the spelling, or give an address such as 127.0.0.1 or ::1");
        }
        return address;
    }

    /** Reads a port and says what one is. */
    static final class PortConverter implements ITypeConverter<Integer> {
        private static final int PORT_MAX = 65_535;

        @Override
        public Integer convert(String text) {
            try {
                int port = Integer.parseInt(text);
                if (port >= 0 && port <= PORT_MAX) {
                    return port;
                }
            } catch (NumberFormatException e) {
                // The message below says what is wanted.
            }
            throw new TypeConversionException(
                    "'" + text + "' is not a port; give a number from 0 to " + PORT_MAX);
        }
    }
}
