package io.overlapped.uring;

import io.overlapped.DriverReport;
import io.overlapped.OverlappedException;
import io.overlapped.spi.Errno;
import java.util.Map;

/**
 * Why io_uring cannot be used here, and what would help.
 *
 * @param errno what the kernel answered
 */
record Refusal(int errno, String reason, String remedy) {
    private static final String INSTEAD = "or use the nio driver (--driver nio)";

    /** Decodes what {@code call} answered, with what the system says of itself. */
    static Refusal of(String call, int errno) {
        String answered = "io_uring is not available: " + call + " answered ";
        return switch (errno) {
            case Errno.ENOSYS ->
                    new Refusal(
                            errno,
                            answered
                                    + "ENOSYS: the kernel has no io_uring, or a sandbox hides it"
                                    + " (kernel "
                                    + Kernel.release()
                                    + ", "
                                    + Kernel.seccomp()
                                    + ")",
                            "run on Linux 6.1 or newer and outside a sandbox such as gVisor; in a"
                                    + " container allow the calls io_uring_setup, io_uring_enter and"
                                    + " io_uring_register in its seccomp profile; "
                                    + INSTEAD);
            case Errno.EPERM -> permission(answered, errno, Kernel.ioUringDisabled());
            case Errno.ENOMEM ->
                    new Refusal(
                            errno,
                            answered
                                    + "ENOMEM, even for the smallest ring: locked memory is limited"
                                    + " to "
                                    + Kernel.lockedMemory()
                                    + " for all rings of this user",
                            "raise the limit (ulimit -l, or memlock in limits.conf), or close other"
                                    + " programs that use io_uring; "
                                    + INSTEAD);
            case Errno.EINVAL ->
                    new Refusal(
                            errno,
                            answered
                                    + "EINVAL: kernel "
                                    + Kernel.release()
                                    + " does not know SINGLE_ISSUER with DEFER_TASKRUN, which"
                                    + " Linux has since 6.1",
                            "run on Linux 6.1 or newer; " + INSTEAD);
            case Errno.EMFILE, Errno.ENFILE ->
                    new Refusal(
                            errno,
                            answered
                                    + (errno == Errno.EMFILE ? "EMFILE" : "ENFILE")
                                    + ": no file descriptors are left (limit "
                                    + Kernel.openFiles()
                                    + ")",
                            "raise the limit (ulimit -n) or close files");
            default ->
                    new Refusal(
                            errno,
                            answered + "errno " + errno,
                            "see io_uring_setup(2) for this errno; " + INSTEAD);
        };
    }

    /** The system is none on which io_uring exists. */
    static Refusal notLinux() {
        return new Refusal(
                Errno.ENOSYS,
                "io_uring is not available: this system is "
                        + System.getProperty("os.name")
                        + " on "
                        + System.getProperty("os.arch"),
                "use the nio driver (--driver nio)");
    }

    /** The library was started without the right to call the kernel. */
    static Refusal noNativeAccess() {
        return new Refusal(
                Errno.EPERM,
                "io_uring is not available: the JVM denies native access to io.overlapped.uring",
                "start java with --enable-native-access=io.overlapped.uring (ALL-UNNAMED on a class"
                        + " path)");
    }

    OverlappedException toException() {
        return new OverlappedException(reason + "; remedy: " + remedy, errno);
    }

    DriverReport toReport(Map<String, String> facts) {
        return DriverReport.unavailable(UringProvider.NAME, reason, remedy, facts);
    }

    /**
     * @param disabled the sysctl's value, which tells the administrator's switch from a filter
     */
    static Refusal permission(String answered, int errno, String disabled) {
        if (disabled.equals("1") || disabled.equals("2")) {
            return new Refusal(
                    errno,
                    answered + "EPERM: kernel.io_uring_disabled is " + disabled,
                    "as an administrator: sysctl kernel.io_uring_disabled=0"
                            + (disabled.equals("1")
                                    ? ", or add this user to the group in kernel.io_uring_group; "
                                    : "; ")
                            + INSTEAD);
        }
        return new Refusal(
                errno,
                answered
                        + "EPERM: "
                        + (Kernel.isFiltered()
                                ? "a seccomp filter blocks it, as container run-times do by default"
                                : "something outside this process blocks it, such as a security"
                                        + " module")
                        + " (kernel.io_uring_disabled is "
                        + disabled
                        + ", "
                        + Kernel.seccomp()
                        + ")",
                "allow the calls io_uring_setup, io_uring_enter and io_uring_register in the"
                        + " container's seccomp profile (docker run --security-opt"
                        + " seccomp=profile.json); "
                        + INSTEAD);
    }
}
