package dev.pawl.sdk;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;

/** Collects what is wrong with one method, each problem with its class, method and parameter. */
record Problems(Method method, List<String> all) {

    void add(String what) {
        all.add(method.getDeclaringClass().getName() + "." + method.getName() + ": " + what);
    }

    void add(Parameter parameter, String what) {
        add("parameter '" + parameter.getName() + "' " + what);
    }

    int count() {
        return all.size();
    }
}
