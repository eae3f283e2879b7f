import type { ConfigFault } from "./config-error.ts";
import { type Path, shown } from "./path.ts";
import { siteSchema } from "./site-schema.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

interface Variable {
  readonly name: string;
  /** What of the configuration it replaces. */
  readonly path: Path;
  readonly expected: string;
  /** Undefined where `text` is not acceptable. */
  read(text: string): string | number | undefined;
}

const port = (text: string): number | undefined =>
  /^\d{1,5}$/.test(text) && Number(text) <= 65535 ? Number(text) : undefined;
const brokerUrl = (text: string): string | undefined =>
  /^mqtts?:\/\/[^\s@]+$/.test(text) ? text : undefined;
const plainText = (text: string): string | undefined => (/^[^\0\r\n]+$/.test(text) ? text : undefined);
const logLevels: readonly string[] = siteSchema.shape.log.unwrap().shape.level.unwrap().options;

const variables: readonly Variable[] = [
  { name: "VESTIBULE_DATA", path: ["data", "directory"], expected: "a directory", read: plainText },
  { name: "VESTIBULE_HTTP_PORT", path: ["http", "port"], expected: "a port from 0 to 65535", read: port },
  {
    name: "VESTIBULE_HTTP_HOST",
    path: ["http", "host"],
    expected: "an address to listen on",
    read: plainText,
  },
  { name: "VESTIBULE_MQTT_PORT", path: ["mqtt", "port"], expected: "a port from 0 to 65535", read: port },
  {
    name: "VESTIBULE_MQTT_URL",
    path: ["mqtt", "url"],
    expected: "an mqtt:// or mqtts:// address without credentials in it",
    read: brokerUrl,
  },
  {
    name: "VESTIBULE_LOG",
    path: ["log", "level"],
    expected: `one of ${logLevels.join(", ")}`,
    read: (text) => (logLevels.includes(text) ? text : undefined),
  },
];

export interface Overrides {
  /** The file's values with the environment's in place of them. */
  readonly value: unknown;
  readonly faults: readonly ConfigFault[];
  /** The variable that set `path`, if one did. */
  variableOf(path: Path): string | undefined;
}

/** Puts what the environment says in place of what the file says; an empty variable is an unset one. */
export function override(fileValue: unknown, env: Environment): Overrides {
  const faults: ConfigFault[] = [];
  const set = new Map<string, string>();
  let value = fileValue;
  for (const variable of variables) {
    const text = env[variable.name];
    if (text === undefined || text === "") continue;
    const read = variable.read(text);
    if (read === undefined) faults.push(environmentFault(variable, text));
    else {
      value = withValue(value, variable, read);
      set.set(variable.path.join("."), variable.name);
    }
  }
  return { value, faults, variableOf: (path) => set.get(path.join(".")) };
}

function withValue(root: unknown, variable: Variable, read: string | number): unknown {
  const [section = "", key = ""] = variable.path.map(String);
  if (!isMapping(root)) return root;
  const old = root[section] ?? {};
  if (!isMapping(old)) return root; // already a fault of the file
  if (variable.name === "VESTIBULE_MQTT_PORT" && (old["broker"] ?? "embedded") !== "embedded") return root;
  if (variable.name === "VESTIBULE_MQTT_URL" && old["broker"] !== "external") {
    return { ...root, mqtt: { broker: "external", url: read } };
  }
  const preset = section === "mqtt" ? { broker: "embedded" } : {};
  return { ...root, [section]: { ...preset, ...old, [key]: read } };
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function environmentFault({ name, expected }: Variable, text: string): ConfigFault {
  return {
    file: "environment",
    line: undefined,
    column: undefined,
    path: name,
    found: shown(text),
    expected,
    remedy: { en: `correct or unset ${name}`, zh: `请修改或取消环境变量 ${name}。` },
  };
}
