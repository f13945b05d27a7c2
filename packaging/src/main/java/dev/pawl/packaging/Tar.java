package dev.pawl.packaging;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A tar file as Pawl writes it: regular files only, without times and owners, so that equal content gives equal bytes. */
final class Tar {
    static final int PLAIN = 0100644;
    static final int EXECUTABLE = 0100755;

    private final TarArchiveOutputStream out;

    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** @param target stays open */
    Tar(OutputStream target) {
        this.out = new TarArchiveOutputStream(target, "UTF-8");
        out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        out.setAddPaxHeadersForNonAsciiNames(true);
    }

    void add(String name, long size, boolean executable, Content content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setMode(executable ? EXECUTABLE : PLAIN);
        entry.setModTime(0);
        entry.setIds(0, 0);
        entry.setNames("", "");
        out.putArchiveEntry(entry);
        content.writeTo(out);
        out.closeArchiveEntry();
    }

    /** To be called once, after the last file. */
    void finish() throws IOException {
        out.finish();
        out.flush();
    }
}
