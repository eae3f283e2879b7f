import type { SeededMutation } from "../mutation.ts";

const shell = "src/interlock/interlock-process.ts";

/** The shell around the rules: what it reads at the last instant, switches and tries again. */
export const processLockMutations: readonly SeededMutation[] = [
  {
    name: "last-check-without-a-reading",
    rule: "R3",
    file: shell,
    from: `    for (const name of doorNames) {
      const { contact, bolt } = this.#hardware.read(vestibule, name);
      const at = this.#clock.now();
      this.#feed(vestibule, { type: "ContactChanged", at, door: name, contact });
      if (bolt !== "unfitted") this.#feed(vestibule, { type: "BoltChanged", at, door: name, bolt });
    }
`,
    to: "",
    why: "every edge is reported, so what the lines read is known",
  },
  {
    name: "last-check-of-its-own-door-only",
    rule: "R3",
    file: shell,
    from: "    for (const name of doorNames) {\n      const { contact, bolt }",
    to: "    for (const name of [door]) {\n      const { contact, bolt }",
    why: "wrong door: it is the other one that matters",
  },
  {
    name: "last-check-without-the-bolt",
    rule: "R3",
    file: shell,
    from: `      if (bolt !== "unfitted") this.#feed(vestibule, { type: "BoltChanged", at, door: name, bolt });\n`,
    to: "",
    why: "the contact says whether the door is closed",
  },
  {
    name: "judged-in-the-middle-of-a-step",
    rule: "R7",
    file: shell,
    from: "    if (this.#feeding) return;\n",
    to: "",
    why: "each input is handled at once; that a lock's own movement comes back as one is not thought of",
  },
  {
    name: "feeding-never-ends-after-a-bug",
    rule: "R3",
    file: shell,
    from: `    this.#feeding = true;
    try {
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
        this.#take(next.id, next.input);
      }
    } finally {
      this.#feeding = false;
    }`,
    to: `    this.#feeding = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      this.#take(next.id, next.input);
    }
    this.#feeding = false;`,
    why: "nothing throws here, it is thought; after the first that does the process would be deaf",
  },
  {
    name: "failed-lock-not-tried-again",
    rule: "T32",
    file: shell,
    from: "    this.#retryLater(id, effect.door);\n",
    to: "",
    why: "the fault is told, somebody will come",
  },
  {
    name: "tried-again-only-once",
    rule: "T32",
    file: shell,
    from: "if (!this.#switches(id, door, commanded)) return this.#retryLater(id, door);",
    to: "if (!this.#switches(id, door, commanded)) return;",
    why: "the retry is thought of, the retry of the retry is not",
  },
  {
    name: "failed-release-released-again",
    rule: "T32",
    file: shell,
    from: "const commanded = this.#pairs.get(id)?.state.doors[door].lock.commanded;",
    to: `const commanded = this.#pairs.has(id) ? "released" : undefined;`,
    why: "the release failed, so the release is repeated",
  },
  {
    name: "failure-not-told-to-the-rules",
    rule: "T32",
    file: shell,
    from: `    this.#feed(id, { type: "CommandFailed", at: this.#clock.now(), door: effect.door });\n`,
    to: "",
    why: "the retry will put it right",
  },
  {
    name: "recovery-not-told-to-the-rules",
    rule: "T32",
    file: shell,
    from: `    this.#feed(id, { type: "CommandWorked", at: this.#clock.now(), door });\n`,
    to: "",
    why: "what works again needs no word",
  },
  {
    name: "retries-pile-up",
    rule: "T32",
    file: shell,
    from: "    this.#retries.get(key)?.[Symbol.dispose]();\n",
    to: "",
    why: "a timer not cleared: the map looks as if it replaced the earlier one",
  },
  {
    name: "wake-ups-pile-up",
    rule: "R4",
    file: shell,
    from: "    this.#sound(id, pair);\n    pair.wake?.[Symbol.dispose]();\n",
    to: "    this.#sound(id, pair);\n",
    why: "a timer not cleared: waking too often looks harmless",
  },
  {
    name: "every-error-is-a-fault-of-the-line",
    rule: "T32",
    file: shell,
    from: "      if (!(error instanceof HardwareFault)) throw error;\n      return false;",
    to: "      return false;",
    why: "whatever goes wrong, the lock was not switched",
  },
  {
    name: "listens-before-the-lines-are-open",
    rule: "R10",
    file: shell,
    from: `    const overtaken = new Set<string>();
    const readings`,
    to: `    this.#link.onMessage((from, message) => {
      if (from === "controller") this.#onCommand(message as InterlockCommand);
    });
    const overtaken = new Set<string>();
    const readings`,
    why: "listening first so as to miss nothing; but a command then comes before the await is over",
  },
  {
    name: "first-readings-overtake-edges",
    rule: "R10",
    file: shell,
    from: "if (!isButton && !overtaken.has(lineOf(reading))) this",
    to: "if (!isButton) this",
    why: "a first reading is taken for the newest; an edge may have come during the await",
  },
  {
    name: "wedged-button-is-a-press",
    rule: "R11",
    file: shell,
    from: `const isButton = reading.input === "rex";`,
    to: "const isButton = false;",
    why: "every line's first reading is treated alike",
  },
  {
    name: "stop-leaves-doors-released",
    rule: "R16",
    file: shell,
    from: `  stop(): void {
    this.#all((at) => ({ type: "SecureRequested", at }));
`,
    to: "  stop(): void {\n",
    why: "the lines are closed afterwards anyhow",
  },
  {
    name: "alive-after-its-stop",
    rule: "R16",
    file: shell,
    from: "    this.#stopped = true;\n",
    to: "",
    why: "the process ends soon after, nothing comes in between",
  },
  {
    name: "retries-on-closed-lines",
    rule: "T32",
    file: shell,
    from: "    for (const retry of this.#retries.values()) retry[Symbol.dispose]();\n",
    to: "",
    why: "a timer not cleared",
  },
];
