import type { Command, CommandIo, ExitCode } from "./command.ts";

type Load = () => Promise<Command>;

/** Loaded one at a time: `check-config` does not wait for a neural network. */
const commands: Readonly<Record<string, { readonly summary: string; readonly load: Load }>> = {
  run: { summary: "run the controller", load: async () => (await import("./run.ts")).run },
  "check-config": {
    summary: "check configuration files, and list every fault at once",
    load: async () => (await import("./check-config.ts")).checkConfig,
  },
  "face compare": {
    summary: "compare the faces on two pictures",
    load: async () => (await import("./face-compare.ts")).faceCompare,
  },
  "face bench": {
    summary: "measure accuracy on a folder of pictures",
    load: async () => (await import("./face-bench.ts")).faceBench,
  },
  "camera test": {
    summary: "open a camera's stream and say what is seen, or what is wrong",
    load: async () => (await import("./composed-camera-test.ts")).composedCameraTest,
  },
};

/** Finds the command by its one or two words and runs it. */
export async function runCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const [first, second] = args;
  if (first === undefined || first === "--help" || first === "help" || first === "-h") {
    io.stdout(overview());
    return first === undefined ? 2 : 0;
  }
  const two = commands[`${first} ${second ?? ""}`];
  const entry = two ?? commands[first];
  if (entry === undefined) {
    io.stderr(
      `vestibule: there is no command "${args.slice(0, 2).join(" ")}"; vestibule --help lists them\n`,
    );
    return 2;
  }
  const command = await entry.load();
  const rest = args.slice(two === undefined ? 1 : 2);
  if (rest.includes("--help") || rest.includes("-h")) {
    io.stdout(command.usage);
    return 0;
  }
  return await command.run(rest, io);
}

function overview(): string {
  const longest = Math.max(...Object.keys(commands).map(({ length }) => length));
  const lines = Object.entries(commands).map(
    ([name, { summary }]) => `  ${name.padEnd(longest)}  ${summary}`,
  );
  return `Usage: vestibule COMMAND [OPTIONS]\n\n${lines.join("\n")}\n\nvestibule COMMAND --help tells more.\n`;
}
