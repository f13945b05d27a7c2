package dev.pawl.app;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Of a terminal's window, in characters. */
record WindowSize(int rows, int columns) {
    private static final WindowSize USUAL = new WindowSize(24, 80);
    private static final int STDOUT = 1;

    /** The number of this question differs between the systems: ioctl(2), TIOCGWINSZ. */
    private static final long QUESTION = System.getProperty("os.name", "").startsWith("Mac") ? 0x40087468L : 0x5413L;

    /** What the system says of standard output; the usual size if it does not know. */
    static WindowSize now() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = arena.allocate(ValueLayout.JAVA_SHORT, 4);
            int failed = (int) ioctl().invokeExact(STDOUT, QUESTION, answer);
            int rows = Short.toUnsignedInt(answer.getAtIndex(ValueLayout.JAVA_SHORT, 0));
            int columns = Short.toUnsignedInt(answer.getAtIndex(ValueLayout.JAVA_SHORT, 1));
            return failed != 0 || rows == 0 || columns == 0 ? USUAL : new WindowSize(rows, columns);
        } catch (Throwable e) {
            System.getLogger("pawl").log(System.Logger.Level.DEBUG, "the window's size is not known", e);
            return USUAL;
        }
    }

    @SuppressWarnings("restricted") // there is no other way to ask without a process
    private static MethodHandle ioctl() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("ioctl"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
                Linker.Option.firstVariadicArg(2));
    }
}
