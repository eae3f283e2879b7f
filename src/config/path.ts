/** The way to one value of the configuration: `["cameras", 2, "source", "url"]`. */
export type Path = readonly (string | number)[];

/** As people write it: `cameras[2].source.url`. */
export function pathText(path: Path): string {
  return path
    .map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join("");
}

/** Undefined where the way ends early. */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}

const longestShown = 60;

/** A value as a fault may show it: short, on one line, and never a password. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return "a mapping";
  const text = JSON.stringify(typeof value === "string" ? withoutCredentials(value) : value) ?? typeof value;
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

/** Passwords in addresses, and private keys where public ones belong. */
const withoutCredentials = (text: string): string =>
  text.replace(/:\/\/.*@/s, "://***@").replace(/(SECRET-KEY-)\S+/i, "$1***");
