package io.coursewire.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a process and everything it started have used, read from Linux's /proc. Elsewhere all is zero.
public final class ProcessUsage {
    private static final long TICKS_PER_SECOND = 100;
    private static final long BYTES_PER_KILOBYTE = 1024;

    // proc(5): utime, stime, cutime and cstime are fields 14 to 17; the name before them may hold
    // blanks.
    private static final int FIRST_FIELD_AFTER_NAME = 3;
    private static final int UTIME = 14;
    private static final int CSTIME = 17;

    private ProcessUsage() {}

    /// User and system time, ended children included.
    public static Duration cpu(ProcessHandle process) {
        long ticks = tree(process).mapToLong(ProcessUsage::ticks).sum();
        return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
    }

    /// The same without what it started.
    public static Duration cpuAlone(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /// Memory now; pages that several processes share count once.
    public static long bytes(ProcessHandle process) {
        return tree(process).mapToLong(each -> kilobytes(each, "smaps_rollup", "Pss:")).sum()
                * BYTES_PER_KILOBYTE;
    }

    /// Resident memory now, of the process alone.
    public static long residentBytes(ProcessHandle process) {
        return kilobytes(process, "status", "VmRSS:") * BYTES_PER_KILOBYTE;
    }

    /// The most that it ever was.
    public static long residentBytesMax(ProcessHandle process) {
        return kilobytes(process, "status", "VmHWM:") * BYTES_PER_KILOBYTE;
    }

    private static Stream<ProcessHandle> tree(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants());
    }

    private static long ticks(ProcessHandle process) {
        return read(process, "stat")
                .map(List::getFirst)
                .map(line -> line.substring(line.lastIndexOf(')') + 2).split(" "))
                .map(ProcessUsage::sumOfTimes)
                .orElse(0L);
    }

    private static long sumOfTimes(String[] fields) {
        long sum = 0;
        for (int field = UTIME; field <= CSTIME; field++) {
            sum += Long.parseLong(fields[field - FIRST_FIELD_AFTER_NAME]);
        }
        return sum;
    }

    private static long kilobytes(ProcessHandle process, String file, String label) {
        return read(process, file).stream()
                .flatMap(List::stream)
                .filter(line -> line.startsWith(label))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static Optional<List<String>> read(ProcessHandle process, String file) {
        try {
            return Optional.of(
                    Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), file)));
        } catch (AccessDeniedException e) {
            throw new UncheckedIOException(e);
        } catch (IOException _) {
            // It ended, perhaps while it was read.
            return Optional.empty();
        }
    }
}
