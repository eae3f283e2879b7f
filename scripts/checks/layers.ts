/**
 * Which part of the program may know which other. `reason` is what somebody reads whose import was refused.
 */
export interface Layer {
  readonly name: string;
  /** The folder or file under `src/`; a trailing `/*` makes every folder in it a layer of its own. */
  readonly place: string;
  readonly mayImport: readonly string[];
  /** Layers of which only types may be imported. */
  readonly mayImportTypes?: readonly string[];
  /** Which packages and Node modules it may use: nothing, Node's own, or any. */
  readonly packages: "none" | "node" | "any";
  readonly reason: string;
}

export const layers: readonly Layer[] = [
  {
    name: "domain",
    place: "domain",
    mayImport: [],
    packages: "none",
    reason: "rules without input, output or clock can be explored exhaustively and replayed from any journal",
  },
  {
    name: "contracts",
    place: "ports/contracts",
    mayImport: ["domain", "ports"],
    packages: "any",
    reason: "a contract is one for all drivers of a port, so it knows none of them",
  },
  {
    name: "ports",
    place: "ports",
    mayImport: ["domain"],
    packages: "none",
    reason: "a port is an interface only: whoever implements or uses it must not inherit anything else",
  },
  {
    name: "durable-files",
    place: "durable-files",
    mayImport: [],
    packages: "node",
    reason: "how a file survives a power cut is the same whoever keeps it, and needs to know nobody",
  },
  {
    name: "interlock",
    place: "interlock",
    mayImport: ["domain", "ports"],
    packages: "node",
    reason:
      "what keeps two doors safe must be readable in one sitting: no database, network, model or package",
  },
  {
    name: "commissioning",
    place: "commissioning",
    mayImport: ["domain", "ports", "interlock"],
    packages: "none",
    reason: "it moves doors while they are being wired, so it does it through the interlock and nothing else",
  },
  {
    name: "controller",
    place: "controller",
    mayImport: ["domain", "ports"],
    packages: "any",
    reason: "it decides over ports; which driver stands behind one is main's choice, and simulated in tests",
  },
  {
    name: "vision",
    place: "vision",
    mayImport: ["domain", "ports"],
    packages: "any",
    reason:
      "it sees cameras and nets as ports; it crashes alone and is restarted without the others knowing how",
  },
  {
    name: "supervisor",
    place: "supervisor",
    mayImport: ["domain", "ports"],
    packages: "any",
    reason: "it starts and restarts processes whatever they do, so it knows none of them",
  },
  {
    name: "config",
    place: "config",
    mayImport: ["domain", "ports"],
    packages: "any",
    reason: "a site file is checked before, and without, anything it configures being loaded",
  },
  {
    name: "api",
    place: "api",
    mayImport: ["domain", "ports", "config", "replay"],
    packages: "any",
    reason:
      "a route asks the controller through a port, so that it cannot reach past the rules to a door; what a rule may say is the same wherever it is written, so the file's own schema describes it; of what was decided it is the record alone that says why",
  },
  {
    name: "simulation",
    place: "simulation",
    mayImport: ["domain", "ports"],
    packages: "any",
    reason: "a simulated driver stands on the same ground as a real one, or tests prove something else",
  },
  {
    name: "driver",
    place: "drivers/*",
    mayImport: ["domain", "ports", "durable-files"],
    packages: "any",
    reason: "a driver is exchangeable only while it knows nothing but its port, and how a file is kept",
  },
  {
    name: "reports",
    place: "reports",
    mayImport: ["domain", "ports"],
    packages: "any",
    reason:
      "a report is made from what a source reads, in a thread of its own: it knows no database and no controller",
  },
  {
    name: "replay",
    place: "replay",
    mayImport: ["domain", "ports"],
    packages: "none",
    reason: "decisions are asked again of the same rules and of what is on record, and of nothing else",
  },
  {
    name: "console",
    place: "console",
    mayImport: ["domain"],
    mayImportTypes: ["api", "ports"],
    packages: "any",
    reason: "it runs in a browser: server code must never be bundled into it",
  },
  {
    name: "composition",
    place: "composition",
    mayImport: [
      "domain",
      "ports",
      "contracts",
      "durable-files",
      "interlock",
      "commissioning",
      "controller",
      "vision",
      "supervisor",
      "config",
      "api",
      "simulation",
      "driver",
      "reports",
    ],
    packages: "any",
    reason: "it puts the program together for main, and alone with main and the commands names drivers",
  },
  {
    name: "cli",
    place: "cli",
    mayImport: [
      "domain",
      "ports",
      "durable-files",
      "interlock",
      "commissioning",
      "controller",
      "vision",
      "supervisor",
      "config",
      "api",
      "simulation",
      "driver",
      "composition",
      "replay",
    ],
    packages: "any",
    reason: "a command composes what it needs, as main does for the daemon",
  },
  {
    name: "main",
    place: "main.ts",
    mayImport: [
      "domain",
      "ports",
      "interlock",
      "controller",
      "vision",
      "supervisor",
      "config",
      "api",
      "simulation",
      "driver",
      "composition",
      "cli",
    ],
    packages: "any",
    reason: "it reads the role and composes",
  },
];
