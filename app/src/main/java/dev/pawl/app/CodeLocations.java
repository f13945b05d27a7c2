package dev.pawl.app;

import dev.pawl.ci.Ci;
import dev.pawl.pipeline.OpenLineage;
import dev.pawl.pipeline.Run;
import java.util.Optional;

/** Where the code of a run is: in the repository that this server hosts, at the commit that its package was built from. */
final class CodeLocations implements OpenLineage.Locations {
    private final String host;
    private volatile Optional<Known> known = Optional.empty();

    private record Known(int port, Ci ci) {}

    CodeLocations(String host) {
        this.host = host;
    }

    /** The server answers, and knows its port. */
    void serve(int port, Ci ci) {
        known = Optional.of(new Known(port, ci));
    }

    @Override
    public Optional<OpenLineage.Location> of(Run run) {
        return known.flatMap(it -> it.ci()
                .findPackage(run.spec().packageDigest())
                .map(built -> new OpenLineage.Location(
                        "http://%s:%d/git/%s.git"
                                .formatted(host, it.port(), run.spec().project()),
                        built.commit().value())));
    }
}
