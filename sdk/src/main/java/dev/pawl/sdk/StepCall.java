package dev.pawl.sdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Pawl asks of one attempt of a step: the content of step.json. */
final class StepCall {
    private static final long CONTRACT = 1;

    private final Map<?, ?> json;

    private StepCall(Map<?, ?> json) {
        this.json = json;
    }

    /** @throws ContractException when it cannot be read or is of another contract */
    static StepCall read(Path file) {
        try {
            if (Json.parse(Files.readString(file), file.toString()) instanceof Map<?, ?> json) {
                return checked(new StepCall(json));
            }
            throw new ContractException(file + ": not a JSON object");
        } catch (IOException e) {
            throw new ContractException("Cannot read PAWL_STEP=" + file + ": " + e);
        } catch (IllegalArgumentException e) {
            throw new ContractException(String.valueOf(e.getMessage()));
        }
    }

    private static StepCall checked(StepCall call) {
        Object contract = call.json.get("contract");
        if (!Long.valueOf(CONTRACT).equals(contract)) {
            throw new ContractException("Pawl speaks step contract " + contract + ", this pawl-sdk speaks " + CONTRACT
                    + ": use the pawl-sdk that came with that Pawl");
        }
        return call;
    }

    String step() {
        return text(json, "step");
    }

    /** @throws ContractException when Pawl gave no such input, or there is nothing at its path */
    Path input(String name) {
        Path path = Path.of(text(object("inputs"), name));
        if (!Files.exists(path)) {
            throw new ContractException("Input '" + name + "' is not there: " + path);
        }
        return path;
    }

    Path output(String name) {
        return Path.of(text(object("outputs"), name));
    }

    Path metrics() {
        return Path.of(text(json, "metrics"));
    }

    /** The value of a parameter, or its default. */
    Object parameter(Argument.Setting setting) {
        Map<?, ?> given = object("parameters");
        if (!given.containsKey(setting.name())) {
            return setting.defaultValue()
                    .orElseThrow(() -> new ContractException(
                            "Parameter '" + setting.name() + "' has no value and no default: set it in pawl.yaml"));
        }
        return checked(setting, given.get(setting.name()));
    }

    private static Object checked(Argument.Setting setting, @Nullable Object given) {
        Object value = setting.type()
                .of(given)
                .orElseThrow(() -> new ContractException("Parameter '" + setting.name() + "' must be of type "
                        + setting.type().word() + ", but is " + Json.write(given)));
        if (!setting.allows(value)) {
            throw new ContractException(
                    "Parameter '" + setting.name() + "' must be " + setting.range() + ", but is " + Json.write(given));
        }
        return value;
    }

    private Map<?, ?> object(String key) {
        if (json.get(key) instanceof Map<?, ?> object) {
            return object;
        }
        throw new ContractException("step.json has no object '" + key + "'");
    }

    private static String text(Map<?, ?> object, String key) {
        if (object.get(key) instanceof String text) {
            return text;
        }
        throw new ContractException("step.json has no text '" + key + "' among " + object.keySet());
    }
}
