package io.overlapped.lab.report;

import io.overlapped.lab.model.About;
import io.overlapped.lab.model.About.Text;
import io.overlapped.lab.model.Kind;

/** A model that the lab does not list, such as one of a test. */
final class Unknown {
    private static final Text NOTHING = new Text("", "");

    private Unknown() {}

    static About model(String name) {
        return new About(name, Kind.BLOCKING, NOTHING, null, NOTHING, "");
    }
}
