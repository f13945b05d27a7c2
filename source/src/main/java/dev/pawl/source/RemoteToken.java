package dev.pawl.source;

import java.net.URI;
import java.util.Optional;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;

/** Gives the token to the remote that it is for, once, and to nobody whom that redirects to. */
final class RemoteToken extends CredentialsProvider {
    private final URI remote;
    private final String user;
    private final String token;

    RemoteToken(URI remote, String user, String token) {
        this.remote = remote;
        this.user = user;
        this.token = token;
    }

    @Override
    public boolean isInteractive() {
        return false;
    }

    @Override
    public boolean supports(CredentialItem... items) {
        for (CredentialItem item : items) {
            if (!(item instanceof CredentialItem.Username) && !(item instanceof CredentialItem.Password)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean get(URIish asking, CredentialItem... items) {
        if (!isRemote(asking) || !supports(items)) {
            return false;
        }
        for (CredentialItem item : items) {
            if (item instanceof CredentialItem.Username name) {
                name.setValue(user);
            } else if (item instanceof CredentialItem.Password password) {
                password.setValue(token.toCharArray());
            }
        }
        return true;
    }

    private boolean isRemote(URIish asking) {
        return Optional.ofNullable(remote.getHost()).equals(Optional.ofNullable(asking.getHost()))
                && remote.getPort() == asking.getPort()
                && Optional.ofNullable(remote.getScheme()).equals(Optional.ofNullable(asking.getScheme()));
    }
}
