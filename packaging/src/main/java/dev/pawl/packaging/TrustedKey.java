package dev.pawl.packaging;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;

/** A public key (Ed25519, RFC 8032) whose signatures are believed. */
public final class TrustedKey {
    static final String ALGORITHM = "Ed25519";

    private final PublicKey key;

    private TrustedKey(PublicKey key) {
        this.key = key;
    }

    /** @param pem as {@code pawl package key} prints it */
    public static TrustedKey parse(String pem) {
        try {
            KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
            return new TrustedKey(keys.generatePublic(new X509EncodedKeySpec(new Pem(pem).publicKey())));
        } catch (GeneralSecurityException e) {
            PawlException error = PawlException.user("bad-key", "This is not a public key of " + ALGORITHM + " as PEM");
            error.addSuppressed(e);
            throw error;
        }
    }

    public String pem() {
        return Pem.ofPublic(key.getEncoded()).text();
    }

    /** The digest of the key: what signatures call it. */
    public Digest id() {
        return Digest.of(key.getEncoded());
    }

    boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (SignatureException _) {
            return false; // not even the shape of one
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has " + ALGORITHM, e);
        }
    }
}
