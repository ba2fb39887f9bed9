package io.overlapped.echo;

import io.overlapped.DriverReport;
import io.overlapped.Options;
import io.overlapped.Proactor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A style on a driver, as each that can run here is tried. */
record Setting(String driver, EchoStyle style, int workers) {
    static final InetSocketAddress ANY_PORT =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    /** Every style on every driver that runs here. */
    static Stream<Setting> all() {
        List<Setting> all = new ArrayList<>();
        for (DriverReport report : Proactor.drivers()) {
            if (report.available()) {
                all.add(new Setting(report.driver(), EchoStyle.EVENT, 1));
                all.add(new Setting(report.driver(), EchoStyle.ROUTINE, 1));
                all.add(new Setting(report.driver(), EchoStyle.PORT, 1));
                all.add(new Setting(report.driver(), EchoStyle.PORT, 3));
            }
        }
        return all.stream();
    }

    EchoOptions options() {
        return EchoOptions.defaults().withIo(io()).withStyle(style, workers);
    }

    Options io() {
        return Options.defaults().withDriver(driver);
    }

    EchoServer open() {
        return EchoServer.open(ANY_PORT, options());
    }
}
