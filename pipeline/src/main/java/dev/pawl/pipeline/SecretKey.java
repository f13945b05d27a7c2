package dev.pawl.pipeline;

import dev.pawl.kernel.PawlException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts the values of secrets: AES-256 in Galois/Counter Mode (NIST SP 800-38D), with a random nonce of the JDK's for each
 * value. What was altered, or moved to another name, is not decrypted.
 */
final class SecretKey {
    static final int BYTES = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final String ALGORITHM = "AES";
    private static final String CIPHER = "AES/GCM/NoPadding";

    private final SecretKeySpec key;

    SecretKey(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    static byte[] newKey() {
        try {
            KeyGenerator generator = KeyGenerator.getInstance(ALGORITHM);
            generator.init(BYTES * Byte.SIZE);
            return generator.generateKey().getEncoded();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has AES", e);
        }
    }

    /** @param name what the value is bound to */
    byte[] seal(String name, byte[] value) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.ENCRYPT_MODE, key);
            cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
            byte[] nonce = cipher.getIV();
            byte[] sealed = Arrays.copyOf(nonce, NONCE + cipher.getOutputSize(value.length));
            cipher.doFinal(value, 0, value.length, sealed, NONCE);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw PawlException.internal("secret-not-sealed", "A secret could not be encrypted", e);
        }
    }

    /** @throws PawlException that says nothing of the content */
    byte[] open(String name, byte[] sealed) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE));
            cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(sealed, NONCE, sealed.length - NONCE);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw PawlException.conflict(
                    "secret-damaged",
                    "The secret '%s' cannot be decrypted: it was damaged, or set with another key. Set it again."
                            .formatted(name));
        }
    }
}
