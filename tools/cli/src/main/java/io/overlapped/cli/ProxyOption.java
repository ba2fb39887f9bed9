package io.overlapped.cli;

import io.overlapped.session.Networks;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Whether users come through a proxy, whose address is then not theirs. */
final class ProxyOption {
    private static final String ALL = "all";

    @Option(
            names = "--behind-proxy",
            paramLabel = "NETWORKS",
            arity = "0..1",
            fallbackValue = ALL,
            converter = NetworksConverter.class,
            description = {
                "Users come through a proxy or a load balancer at these addresses",
                "(10.0.0.7,10.1.0.0/16; every address if none is given):",
                "the limits for one address do not apply to it."
            })
    Networks hops = Networks.NONE;

    /** Reads addresses and networks with commas between. */
    static final class NetworksConverter implements ITypeConverter<Networks> {
        @Override
        public Networks convert(String text) {
            try {
                return text.equals(ALL) ? Networks.ALL : Networks.of(text.split(",", -1));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "'"
                                + text
                                + "' is not a list of addresses;"
                                + " give some like 10.0.0.7,10.1.0.0/16, or none for all");
            }
        }
    }
}
