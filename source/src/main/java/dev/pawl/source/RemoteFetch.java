package dev.pawl.source;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.Secrets;
import java.io.IOException;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.TrackingRefUpdate;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;

/** Makes a repository here what a remote is: its branches and tags, forced, and without those that are gone there. */
record RemoteFetch(Clock clock, Secrets secrets, Duration longest, long mostBytes) {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final long MOST_BYTES = 2L * 1024 * 1024 * 1024;
    private static final int LONGEST_SILENCE_SECONDS = 30;
    private static final List<RefSpec> EVERYTHING =
            List.of(new RefSpec("+refs/heads/*:refs/heads/*"), new RefSpec("+refs/tags/*:refs/tags/*"));

    RemoteFetch(Clock clock, Secrets secrets) {
        this(clock, secrets, LONGEST, MOST_BYTES);
    }

    /** @throws PawlException that says why it did not work, without the token */
    void fetch(Repository repository, Remote remote) {
        FetchAllowance allowance = new FetchAllowance(clock, longest, mostBytes);
        try (Transport transport =
                Transport.open(repository, new URIish(remote.settings().url()))) {
            transport.setTimeout(LONGEST_SILENCE_SECONDS);
            transport.setCheckFetchedObjects(true);
            transport.setRemoveDeletedRefs(true);
            transport.setTagOpt(TagOpt.NO_TAGS); // they are asked for by name
            if (transport instanceof TransportHttp http) {
                http.setHttpConnectionFactory(allowance);
            }
            remote.settings()
                    .secret()
                    .map(name -> secrets.require(remote.project(), name).value())
                    .ifPresent(token -> transport.setCredentialsProvider(new RemoteToken(
                            remote.settings().uri(), remote.settings().userName(), token)));
            requireDone(transport.fetch(allowance, EVERYTHING));
        } catch (URISyntaxException | IOException e) {
            throw failed(remote, allowance.isOver() ? allowance.overTime() : reason(e), e);
        }
    }

    private static void requireDone(FetchResult result) throws TransportException {
        for (TrackingRefUpdate update : result.getTrackingRefUpdates()) {
            RefUpdate.Result done = update.getResult();
            switch (done) {
                case NEW, NO_CHANGE, FAST_FORWARD, FORCED, NOT_ATTEMPTED -> {}
                case LOCK_FAILURE,
                        REJECTED,
                        REJECTED_CURRENT_BRANCH,
                        REJECTED_MISSING_OBJECT,
                        REJECTED_OTHER_REASON,
                        IO_FAILURE,
                        RENAMED -> throw new TransportException(update.getLocalName() + " could not be set: " + done);
            }
        }
    }

    /** The innermost message says most. */
    private static String reason(Exception e) {
        Throwable innermost = e;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String outer = String.valueOf(e.getMessage());
        String inner = String.valueOf(innermost.getMessage());
        return outer.contains(inner) ? outer : outer + ": " + inner;
    }

    private static PawlException failed(Remote remote, String why, Exception e) {
        return PawlException.external(
                "no-fetch", "Cannot fetch %s: %s".formatted(remote.settings().url(), why), e);
    }
}
