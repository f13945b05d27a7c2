package dev.pawl.sdk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What Pawl asks of one attempt of a step.
 *
 * @param json as the step contract has it
 * @param secrets their values by the name of the parameter
 */
record StepCall(Map<?, ?> json, Map<?, ?> secrets) {
    static final long CONTRACT = 2;

    /** @throws ContractException when it is of another contract */
    static StepCall of(Map<?, ?> json, Map<?, ?> secrets) {
        Object contract = json.get("contract");
        if (!Long.valueOf(CONTRACT).equals(contract)) {
            throw new ContractException("Pawl speaks step contract " + contract + ", this pawl-sdk speaks " + CONTRACT
                    + ": use the pawl-sdk that came with that Pawl");
        }
        return new StepCall(json, secrets);
    }

    /**
     * The file or folder of an input, if it was given.
     *
     * @throws ContractException when there is nothing at its path
     */
    Optional<Path> input(String name) {
        if (!object("inputs").containsKey(name)) {
            return Optional.empty();
        }
        Path path = Path.of(text(object("inputs"), name));
        if (!Files.exists(path)) {
            throw new ContractException("Input '" + name + "' is not there: " + path);
        }
        return Optional.of(path);
    }

    Path output(String name) {
        return Path.of(text(object("outputs"), name));
    }

    Path metrics() {
        return Path.of(text(json, "metrics"));
    }

    Workspace workspace() {
        return new Workspace(Folders.make(Path.of(text(json, "work"))));
    }

    /** How the run ended. */
    Outcome outcome() {
        Map<?, ?> outcome = object("outcome");
        String state = text(outcome, "state");
        for (Outcome.State known : Outcome.State.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(state)) {
                return new Outcome(known, outcome.get("because") instanceof String because ? because : "");
            }
        }
        throw new ContractException("The call has an outcome of the unknown state '" + state + "'");
    }

    /** The value of a parameter, or its default. */
    Object parameter(Argument.Setting setting) {
        Map<?, ?> given = object("parameters");
        if (given.containsKey(setting.name())) {
            return setting.checked(given.get(setting.name()));
        }
        return setting.defaultValue()
                .orElseThrow(() -> new ContractException(
                        "Parameter '" + setting.name() + "' has no value and no default: set it in pawl.yaml"));
    }

    String secret(Argument.FromSecret secret) {
        if (secrets.get(secret.name()) instanceof String value) {
            return value;
        }
        throw new ContractException("Secret '" + secret.secret() + "' was not given: tell it to Pawl first");
    }

    private Map<?, ?> object(String key) {
        if (json.get(key) instanceof Map<?, ?> object) {
            return object;
        }
        throw new ContractException("The call has no object '" + key + "'");
    }

    private static String text(Map<?, ?> object, String key) {
        if (object.get(key) instanceof String text) {
            return text;
        }
        throw new ContractException("The call has no text '" + key + "' among " + object.keySet());
    }
}
