package dev.pawl.serving;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads one request in one pass. Members that the protocol does not know are passed over, as its other servers do. */
final class InferReader {
    private static final int MOST_TENSORS = 1_000;
    private static final int MOST_DIMENSIONS = 16;

    private final JsonParser in;
    private Optional<String> id = Optional.empty();
    private Optional<Instant> eventTime = Optional.empty();
    private List<InferRequest.Input> inputs = List.of();
    private List<String> outputs = List.of();

    private InferReader(JsonParser in) {
        this.in = in;
    }

    static InferRequest read(byte[] body) {
        try (JsonParser in = Json.mapper().createParser(body)) {
            return new InferReader(in).readRequest();
        } catch (JacksonException e) {
            throw PawlException.user(
                    "bad-json", "The body cannot be read as JSON" + place(e) + ": " + e.getOriginalMessage());
        }
    }

    private InferRequest readRequest() {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            throw bad("The body must be a JSON object with the list 'inputs'");
        }
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            String member = in.currentName();
            if (in.nextToken() != JsonToken.VALUE_NULL) {
                readMember(member);
            }
        }
        if (in.nextToken() != null) {
            throw bad("The body must end after its JSON object");
        }
        if (inputs.isEmpty()) {
            throw bad("'inputs' is missing or empty: it must list the model's input tensors");
        }
        return new InferRequest(id, eventTime, inputs, outputs);
    }

    private void readMember(String member) {
        switch (member) {
            case "id" -> id = Optional.of(text("'id'")).filter(given -> !given.isEmpty());
            case "parameters" -> readParameters();
            case "inputs" -> inputs = readInputs();
            case "outputs" -> outputs = readOutputs();
            default -> in.skipChildren();
        }
    }

    private void readParameters() {
        requireObject("'parameters'");
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = in.currentName();
            JsonToken value = in.nextToken();
            switch (name) {
                case "event_time" -> eventTime = Optional.of(EventTime.parse(text("parameter 'event_time'")));
                case "binary_data_output" -> refuseBinary(value);
                default -> in.skipChildren();
            }
        }
    }

    private List<InferRequest.Input> readInputs() {
        requireList("'inputs'");
        List<InferRequest.Input> read = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            requireFew("inputs", read.size());
            read.add(readInput("inputs[" + read.size() + "]"));
        }
        return read;
    }

    private InferRequest.Input readInput(String place) {
        requireObject(place);
        String name = null;
        String datatype = null;
        List<Long> shape = null;
        Leaves data = null;
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            String where = name == null ? place : "input '" + name + "'";
            String member = in.currentName();
            in.nextToken();
            switch (member) {
                case "name" -> name = text(place + ".name");
                case "datatype" -> datatype = text(where + ": 'datatype'");
                case "shape" -> shape = readShape(where);
                case "data" -> data = Leaves.read(in, where);
                case "parameters" -> readTensorParameters(where);
                default -> in.skipChildren();
            }
        }
        String known = required(name, place, "name");
        String where = "input '" + known + "'";
        return new InferRequest.Input(
                known,
                required(datatype, where, "datatype"),
                required(shape, where, "shape"),
                required(data, where, "data"));
    }

    private List<Long> readShape(String where) {
        requireList(where + ": 'shape'");
        List<Long> shape = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (in.currentToken() != JsonToken.VALUE_NUMBER_INT
                    || in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    || in.getLongValue() < 0
                    || shape.size() == MOST_DIMENSIONS) {
                throw bad("%s: 'shape' must list at most %d whole numbers from 0 up".formatted(where, MOST_DIMENSIONS));
            }
            shape.add(in.getLongValue());
        }
        return List.copyOf(shape);
    }

    private List<String> readOutputs() {
        requireList("'outputs'");
        List<String> read = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            requireFew("outputs", read.size());
            read.add(readOutput("outputs[" + read.size() + "]"));
        }
        return read;
    }

    private String readOutput(String place) {
        requireObject(place);
        String name = null;
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            String member = in.currentName();
            in.nextToken();
            switch (member) {
                case "name" -> name = text(place + ".name");
                case "parameters" -> readTensorParameters(place);
                default -> in.skipChildren();
            }
        }
        return required(name, place, "name");
    }

    private void readTensorParameters(String where) {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        requireObject(where + ": 'parameters'");
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = in.currentName();
            JsonToken value = in.nextToken();
            switch (name) {
                case "binary_data", "binary_data_size" -> refuseBinary(value);
                case "shared_memory_region", "classification" ->
                    throw bad(where + ": the parameter '" + name + "' is not served");
                default -> in.skipChildren();
            }
        }
    }

    private static void refuseBinary(JsonToken value) {
        if (value != JsonToken.VALUE_FALSE && value != JsonToken.VALUE_NULL) {
            throw noBinary();
        }
    }

    /** Clients such as tritonclient speak binary unless told otherwise, so the message says how to tell them. */
    static PawlException noBinary() {
        return PawlException.user(
                "no-binary",
                "Binary tensors are not served yet: send and ask for JSON data"
                        + " (tritonclient: binary_data=False for every input and every requested output)");
    }

    private String text(String what) {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            throw bad(what + " must be text");
        }
        return in.getString();
    }

    private void requireObject(String what) {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw bad(what + " must be an object");
        }
    }

    private void requireList(String what) {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw bad(what + " must be a list");
        }
    }

    private static void requireFew(String what, int read) {
        if (read == MOST_TENSORS) {
            throw bad("'%s' lists more than %d tensors".formatted(what, MOST_TENSORS));
        }
    }

    private static <T> T required(@Nullable T value, String where, String member) {
        if (value == null) {
            throw bad("%s: '%s' is missing".formatted(where, member));
        }
        return value;
    }

    private static String place(JacksonException e) {
        var at = e.getLocation();
        return at == null || at.getLineNr() < 1
                ? ""
                : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
    }

    private static PawlException bad(String message) {
        return PawlException.user("bad-request", message);
    }
}
