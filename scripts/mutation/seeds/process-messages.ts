import type { SeededMutation } from "../mutation.ts";

const shell = "src/interlock/interlock-process.ts";
const readings = "src/interlock/readings.ts";
const steady = "src/interlock/steady-inputs.ts";
const kept = "src/interlock/unacknowledged-events.ts";

/** The shell around the rules: what it hears and tells. */
export const processMessageMutations: readonly SeededMutation[] = [
  {
    name: "heartbeat-stamped-by-its-receiver",
    rule: "R16",
    file: shell,
    from: `({ type: "HeartbeatReceived", at: now, sentAt: command.sentAt })`,
    to: `({ type: "HeartbeatReceived", at: now, sentAt: now })`,
    why: "wrong clock: heartbeats that waited in a queue are accepted as fresh",
  },
  {
    name: "letting-go-is-a-press",
    rule: "R11",
    file: readings,
    from: `return reading.value ? { type: "RexPressed", at, door: reading.door } : undefined;`,
    to: `return { type: "RexPressed", at, door: reading.door };`,
    why: "an edge is an edge",
  },
  {
    name: "obeys-anybody",
    rule: "R3",
    file: shell,
    from: `      if (from === "controller") this.#onCommand(message as InterlockCommand); // the`,
    to: `      if (from !== "interlock") this.#onCommand(message as InterlockCommand); // the`,
    why: "all of them are our own processes",
  },
  {
    name: "any-end-is-the-controllers-end",
    rule: "R16",
    file: shell,
    from: `if (role === "controller" && presence === "down") this`,
    to: `if (presence === "down") this`,
    why: "a process that is gone is a reason to secure, whichever it is",
  },
  {
    name: "controllers-start-is-its-end",
    rule: "R16",
    file: shell,
    from: `if (role === "controller" && presence === "down") this`,
    to: `if (role === "controller" && presence === "up") this`,
    why: "a comparison turned",
  },
  {
    name: "acknowledgement-of-another-run",
    rule: "R16",
    file: shell,
    from: "if (command.run === this.#run) this.#unacknowledged",
    to: "this.#unacknowledged",
    why: "numbers are taken to be enough; they begin anew with each run",
  },
  {
    name: "acknowledged-one-too-many",
    rule: "R16",
    file: kept,
    from: "message.number > number",
    to: "message.number > number + 1",
    why: "off by one: `number` is taken for the next that is wanted",
  },
  {
    name: "newest-events-dropped",
    rule: "R16",
    file: kept,
    from: "this.#kept.length > mostKept) this.#kept.shift();",
    to: "this.#kept.length > mostKept) this.#kept.pop();",
    why: "the wrong end of a list",
  },
  {
    name: "events-sent-and-forgotten",
    rule: "R16",
    file: shell,
    from: "    this.#unacknowledged.add(message);\n",
    to: "",
    why: "the message has been sent",
  },
  {
    name: "order-taken-for-the-switch",
    rule: "R14",
    file: shell,
    from: `at, by: "order", active }`,
    to: `at, by: "input", active }`,
    why: "both are a lockdown; then lifting the one lifts the other",
  },
  {
    name: "switch-taken-for-an-order",
    rule: "R14",
    file: readings,
    from: `return { type: "LockdownChanged", at, by: "input", active: reading.value };`,
    to: `return { type: "LockdownChanged", at, by: "order", active: reading.value };`,
    why: "copied from the command",
  },
  {
    name: "mains-turned-round",
    rule: "T37",
    file: readings,
    from: "present: reading.value",
    to: "present: !reading.value",
    why: "`mains` is read as an alarm input, active when power is lost",
  },
  {
    name: "failing-buzzer-stops-the-interlock",
    rule: "R6",
    file: shell,
    from: `    try {
      this.#hardware.sound(id, sounds);
    } catch (error) {
      if (!(error instanceof HardwareFault)) throw error;
    }`,
    to: "    this.#hardware.sound(id, sounds);",
    why: "the port says that it throws, and nobody reads that",
  },
  {
    name: "buzzer-never-stops",
    rule: "R6",
    file: shell,
    from: "    pair.sounding = sounds;\n",
    to: "    if (sounds) pair.sounding = true;\n",
    why: "it is set where it is switched on; where it is switched off nobody looked",
  },
  {
    name: "emergency-not-carried-over",
    rule: "R12",
    file: shell,
    from: `    if (emergency) this.#feed(vestibule, { type: "EmergencyRestored", at: this.#clock.now() });\n`,
    to: "",
    why: "the fire input will say so itself",
  },
  {
    name: "spark-is-a-fire",
    rule: "R12",
    file: steady,
    from: `      return reading.value === "active";`,
    to: "      return false;",
    why: "a fire must not be kept waiting, not even for the time in which a spark is over",
  },
  {
    name: "steady-the-wrong-way-round",
    rule: "R14",
    file: steady,
    from: `    case "battery":
      return !reading.value;`,
    to: `    case "battery":
      return reading.value;`,
    why: "a negation lost: what locks down waits, and its end counts at once",
  },
  {
    name: "impulse-counts-after-it-is-over",
    rule: "R12",
    file: steady,
    from: "    this.#waiting.get(line)?.[Symbol.dispose]();\n",
    to: "",
    why: "a timer not cleared: the map looks as if it replaced the earlier one",
  },
];
