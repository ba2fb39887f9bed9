/**
 * The {@code overlapped} command: one class a subcommand, and what they share.
 *
 * <p>A subcommand is a {@code Callable<Integer>} that returns {@link Main#DONE} or {@link
 * Main#FAILED}, is named in {@link RootCommand} or in the command above it, and mixes in what it
 * needs:
 *
 * <pre>{@code
 * @Command(name = "serve", description = "…", footer = {"", "Examples:", "  ./overlapped …"})
 * final class EchoServeCommand implements Callable<Integer> {
 *     @Spec CommandSpec spec = CommandSpec.create();
 *     @Mixin HelpOption help = new HelpOption();
 *     @Mixin AddressOptions at = new AddressOptions(3500);
 *     @Mixin DriverOption driver = new DriverOption();
 *     @Mixin JsonOption json = new JsonOption();
 *
 *     public Integer call() throws Exception {
 *         InetSocketAddress address = at.address();
 *         var server = Bind.open(address, () -> EchoServer.open(address, driver.driverName()));
 *         var listening = new Listening(server.address(), "echo", server.driver());
 *         CommandLine line = spec.commandLine();
 *         return Serving.untilStopped(
 *                 server, List.of(listening), json.json, line.getOut(), line.getErr());
 *     }
 * }
 * }</pre>
 *
 * <p>A failure is a {@link UserError} with the problem and the remedy; {@link Failures} prints it
 * on one line and the exit code is 1. What picocli finds wrong with the command line goes through
 * {@link UsageErrors} and the exit code is 2.
 */
package io.overlapped.cli;
