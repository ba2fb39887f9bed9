import module java.base;

/** Where the compiled project and the compiled programs of this folder are. */
record Build(String modulePath, Path folder, Path root) {
    private static final List<String> PROGRAMS =
            List.of("EchoServer", "EchoClients", "Cycles", "Flood");

    /** Compiles the programs once, so that starting one is quick. */
    static Build make(Path here) throws IOException {
        Path root = here.toAbsolutePath().getParent().getParent();
        String modules =
                System.getProperty("torture.modules", root.resolve(".build/app").toString());
        if (!Files.exists(Path.of(modules.split(File.pathSeparator)[0]))) {
            throw new IllegalStateException("build the project first: ./overlapped version");
        }
        Path folder = Files.createTempDirectory("torture-");
        modules = packed(modules, folder);
        List<String> command = new ArrayList<>();
        command.addAll(List.of("-d", folder.resolve("classes").toString()));
        command.addAll(List.of("--module-path", modules, "--add-modules", "io.overlapped"));
        PROGRAMS.forEach(name -> command.add(here.resolve(name + ".java").toString()));
        tool("javac", command);
        return new Build(modules, folder, root);
    }

    /**
     * The same with every module that is a folder in a jar, as a server is deployed: out of a
     * folder no class can be loaded without a free descriptor.
     */
    private static String packed(String modules, Path folder) {
        List<String> packed = new ArrayList<>();
        for (String module : modules.split(File.pathSeparator)) {
            if (Files.exists(Path.of(module, "module-info.class"))) {
                String jar = folder.resolve("module" + packed.size() + ".jar").toString();
                tool("jar", List.of("--create", "--file", jar, "-C", module, "."));
                packed.add(jar);
            } else {
                packed.add(module);
            }
        }
        return String.join(File.pathSeparator, packed);
    }

    /** Runs a tool of the JDK's in this process, which is quicker than one of its own. */
    private static void tool(String name, List<String> arguments) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int status =
                ToolProvider.findFirst(name)
                        .orElseThrow(() -> new IllegalStateException("this JDK has no " + name))
                        .run(out, out, arguments.toArray(new String[0]));
        Failed.unless(status == 0, () -> name + " ended with status " + status + ": " + said);
    }

    /** Deletes what was made. */
    void delete() {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            System.err.println("torture: " + folder + " could not be deleted: " + e);
        }
    }

    /** The commit of what is tortured. */
    String commit() throws IOException {
        Path commit = root.resolve(".build/app/commit");
        return Files.exists(commit) ? Files.readString(commit).strip() : "unknown";
    }

    String classes() {
        return folder.resolve("classes").toString();
    }

    List<String> java() {
        return List.of(
                Commands.JAVA.resolve("java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto");
    }

    List<String> library() {
        return List.of(
                "--module-path",
                modulePath,
                "--add-modules",
                "io.overlapped,io.overlapped.uring,io.overlapped.nio",
                "--enable-native-access=io.overlapped.uring,io.overlapped.nio",
                "-cp",
                classes());
    }

    List<String> app(String... arguments) {
        List<String> command = new ArrayList<>(java());
        command.addAll(
                List.of(
                        "--enable-native-access=io.overlapped.uring,io.overlapped.nio",
                        "--module-path",
                        modulePath,
                        "--module",
                        "io.overlapped.cli/io.overlapped.cli.Main"));
        command.addAll(List.of(arguments));
        return command;
    }
}
