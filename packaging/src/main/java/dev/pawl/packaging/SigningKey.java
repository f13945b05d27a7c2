package dev.pawl.packaging;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.PrivateFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/** The key with which a server signs. It lies in the server's folder, for its owner's eyes only, and is nowhere else. */
public final class SigningKey {
    private static final String FILE = "signing-key.pem";

    private final PrivateKey key;
    private final TrustedKey trusted;

    private SigningKey(PrivateKey key, TrustedKey trusted) {
        this.key = key;
        this.trusted = trusted;
    }

    /** That of the server with this folder; made if there is none yet. */
    public static SigningKey in(Path folder, Ids ids) {
        Path file = folder.toAbsolutePath().resolve(FILE);
        PrivateFiles files = new PrivateFiles(ids);
        if (!Files.exists(file)) {
            files.writeOnce(file, newKey().text().getBytes(StandardCharsets.US_ASCII));
        }
        String pem = new String(files.read(file), StandardCharsets.US_ASCII);
        try {
            KeyFactory keys = KeyFactory.getInstance(TrustedKey.ALGORITHM);
            PrivateKey key = keys.generatePrivate(new PKCS8EncodedKeySpec(new Pem(pem).privateKey()));
            return new SigningKey(key, TrustedKey.parse(pem)).checked(file);
        } catch (GeneralSecurityException e) {
            throw damaged(file);
        }
    }

    private static Pem newKey() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(TrustedKey.ALGORITHM).generateKeyPair();
            return Pem.ofPublic(pair.getPublic().getEncoded())
                    .withPrivate(pair.getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has " + TrustedKey.ALGORITHM, e);
        }
    }

    /** Both halves belong together. */
    private SigningKey checked(Path file) {
        byte[] probe = FILE.getBytes(StandardCharsets.US_ASCII);
        if (!trusted.verifies(probe, sign(probe))) {
            throw damaged(file);
        }
        return this;
    }

    private static PawlException damaged(Path file) {
        return PawlException.conflict(
                "signing-key-damaged",
                "The key file %s is damaged: restore it from a backup, or remove it for a new key, which has to be trusted anew"
                        .formatted(file));
    }

    public TrustedKey trusted() {
        return trusted;
    }

    Digest id() {
        return trusted.id();
    }

    /** The same message has the same signature, always. */
    byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance(TrustedKey.ALGORITHM);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw PawlException.internal("not-signed", "A package could not be signed", e);
        }
    }
}
