package dev.pawl.sdk;

import java.lang.reflect.Parameter;
import java.util.Optional;

/** Reads a {@link Param}. */
record SettingReader(Parameter parameter, Param param, Problems problems) {

    Optional<Argument> read() {
        Optional<Scalar> type = Scalar.of(parameter.getType()).filter(known -> known.type() == parameter.getType());
        if (type.isEmpty()) {
            problems.add(
                    parameter,
                    "is a @Param of type " + Shape.word(parameter.getParameterizedType())
                            + ": use int, long, double, String or boolean");
        }
        return type.map(this::setting);
    }

    private Argument setting(Scalar type) {
        int before = problems.count();
        checkRange(type);
        Argument.Setting setting = new Argument.Setting(
                parameter.getName(), type, defaultValue(type), param.min(), param.max(), param.doc());
        boolean fits = setting.defaultValue().map(setting::allows).orElse(true);
        if (problems.count() == before && !fits) {
            problems.add(parameter, "has the default " + param.defaultValue()[0] + ", which is not " + setting.range());
        }
        return setting;
    }

    private void checkRange(Scalar type) {
        boolean bounded = param.min() != Double.NEGATIVE_INFINITY || param.max() != Double.POSITIVE_INFINITY;
        if (bounded && !type.isNumber()) {
            problems.add(parameter, "has a min or max, but is a " + type.word() + ": only numbers have a range");
        }
        if (!(param.min() <= param.max())) {
            problems.add(parameter, "has a min of " + param.min() + " and a max of " + param.max() + ": no value fits");
        }
    }

    private Optional<Object> defaultValue(Scalar type) {
        String[] given = param.defaultValue();
        if (given.length > 1) {
            problems.add(parameter, "has " + given.length + " defaults: give one");
        }
        if (given.length != 1) {
            return Optional.empty();
        }
        Optional<Object> value = type.parse(given[0]);
        if (value.isEmpty()) {
            problems.add(parameter, "has the default '" + given[0] + "', which is no " + type.word());
        }
        return value;
    }
}
