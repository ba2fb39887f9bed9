package io.overlapped.lab.model;

import io.overlapped.DriverReport;
import io.overlapped.Proactor;
import java.util.ArrayList;
import java.util.List;

/** A model, and the driver below it where it has one. */
record Setup(String model, String driver) {
    /** Every model that can run here; the overlapped ones with every driver that can. */
    static List<Setup> all() {
        List<Setup> all = new ArrayList<>();
        for (About about : Models.all()) {
            if (about.name().startsWith("overlapped-")) {
                for (DriverReport driver : Proactor.drivers()) {
                    if (driver.available()) {
                        all.add(new Setup(about.name(), driver.driver()));
                    }
                }
            } else {
                all.add(of(about.name()));
            }
        }
        return all;
    }

    static Setup of(String model) {
        return new Setup(model, "auto");
    }

    @Override
    public String toString() {
        return driver.equals("auto") ? model : model + " on " + driver;
    }
}
