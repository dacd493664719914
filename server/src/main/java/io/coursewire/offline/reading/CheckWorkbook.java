package io.coursewire.offline.reading;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// Looks into a workbook before anybody opens it: that it is one, without macros, within limits when it is
/// unpacked, by the bytes that really come out, and that its cells are what they can be.
final class CheckWorkbook {
    static final long UNPACKED_BYTES_MAX = 2L << 30;
    static final int ENTRIES_MAX = 2_000;

    /// Of each part but the sheets: they are kept in memory while a sheet is read.
    static final long PART_BYTES_MAX = 64L << 20;

    private static final byte[] OLD_EXCEL = HexFormat.of().parseHex("d0cf11e0a1b11ae1");
    private static final String SHEETS = "xl/worksheets/";
    private static final String WORKBOOK = "xl/workbook.xml";

    private CheckWorkbook() {}

    static void check(Path file) throws IOException {
        refuseOldForm(file);
        try (var zip = new ZipFile(file.toFile())) {
            if (zip.size() > ENTRIES_MAX) {
                throw new UnreadableFile(
                        "The workbook has %d parts; at most %d are taken."
                                .formatted(zip.size(), ENTRIES_MAX));
            }
            if (zip.getEntry(WORKBOOK) == null) {
                throw notOne(null);
            }
            if (zip.stream().anyMatch(entry -> entry.getName().endsWith("vbaProject.bin"))) {
                throw new UnreadableFile(
                        "The workbook has macros. Save it as .xlsx, without them, and send it again.");
            }
            unpack(zip);
            checkCells(zip);
        } catch (ZipException e) {
            throw notOne(e);
        }
    }

    private static void refuseOldForm(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            if (Arrays.equals(in.readNBytes(OLD_EXCEL.length), OLD_EXCEL)) {
                throw new UnreadableFile(
                        "The file is an old .xls or protected by a password. Save it as .xlsx without a password.");
            }
        }
    }

    private static void unpack(ZipFile zip) throws IOException {
        long total = 0;
        var buffer = new byte[64 * 1024];
        for (var entry : zip.stream().toList()) {
            long bytes = 0;
            try (InputStream in = zip.getInputStream(entry)) {
                for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                    bytes += got;
                    total += got;
                    checkSize(entry.getName(), bytes, total);
                }
            }
        }
    }

    private static void checkCells(ZipFile zip) throws IOException {
        var cells = new CheckCells();
        for (var entry : zip.stream().toList()) {
            try (InputStream in = zip.getInputStream(entry)) {
                cells.read(in);
            }
        }
        cells.end();
    }

    private static void checkSize(String name, long bytes, long total) {
        if (total > UNPACKED_BYTES_MAX) {
            throw new UnreadableFile(
                    "The workbook unpacks to more than %d bytes. Send the rows as CSV."
                            .formatted(UNPACKED_BYTES_MAX));
        }
        if (!name.startsWith(SHEETS) && bytes > PART_BYTES_MAX) {
            throw new UnreadableFile(
                    "The part %s of the workbook has more than %d bytes. Send the rows as CSV."
                            .formatted(name, PART_BYTES_MAX));
        }
    }

    private static UnreadableFile notOne(Exception cause) {
        return new UnreadableFile(
                "The file is no .xlsx workbook, or breaks off. Save it as .xlsx and send it again.",
                cause);
    }
}
