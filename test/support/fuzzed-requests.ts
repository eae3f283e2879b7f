import { hostileTexts } from "../../src/ports/contracts/hostile-texts.ts";

/** As far as it is needed of an OpenAPI document. */
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: { readonly enum?: readonly unknown[] };
}
interface Media {
  readonly example?: unknown;
  readonly schema: { readonly examples?: readonly unknown[]; readonly format?: string };
}
export interface Operation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: Readonly<Record<string, Media>>;
  /** No session needed. */
  readonly isPublic: boolean;
  readonly answers: readonly string[];
}

interface Described {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly security?: readonly unknown[];
  readonly responses: Readonly<Record<string, unknown>>;
}

export interface FuzzedRequest {
  readonly what: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

const methods = ["get", "post", "put", "patch", "delete"];

export function operationsOf(document: {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}): readonly Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method): Operation[] => {
      const described = item[method] as Described | undefined;
      if (described === undefined) return [];
      const { operationId, parameters = [], requestBody, security, responses } = described;
      return [
        {
          ...{
            operationId,
            path,
            parameters,
            method: method.toUpperCase(),
            body: requestBody?.content ?? {},
          },
          ...{ isPublic: security?.length === 0, answers: Object.keys(responses) },
        },
      ];
    }),
  );
}

/** What no field means, whatever it is. */
const shapes: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  "",
  [],
  {},
  [[[]]],
  "x".repeat(5_000),
];

/** Every `step`-th of all ways in which this operation can be asked wrongly, beginning with the `first`. */
export function* fuzzed(operation: Operation, step: number, first: number): Generator<FuzzedRequest> {
  let count = 0;
  for (const request of allOf(operation)) {
    if (count % step === first % step) yield request;
    count += 1;
  }
}

function* allOf(operation: Operation): Generator<FuzzedRequest> {
  const { method } = operation;
  const plain = urlOf(operation, {}, {});
  const [type, media] = Object.entries(operation.body)[0] ?? [];
  const body = media === undefined ? undefined : bodyOf(media);
  const json = type === "application/json";
  const sent = (what: string, url: string, value: unknown): FuzzedRequest =>
    value === undefined
      ? { what, method, url, headers: {} }
      : { what, method, url, headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
  for (const parameter of operation.parameters)
    yield* parameterFuzz(operation, parameter, (what, url) => sent(what, url, json ? body : undefined));
  yield sent(
    "an unknown query",
    `${plain}${plain.includes("?") ? "&" : "?"}surprise=1&__proto__=1`,
    json ? body : undefined,
  );
  if (type === undefined || method === "GET") return;
  if (!json) {
    yield* uploadFuzz(method, plain, type);
    return;
  }
  yield { what: "no body", method, url: plain, headers: {} };
  yield {
    what: "no JSON",
    method,
    url: plain,
    headers: { "content-type": "application/json" },
    body: "{'a':1",
  };
  yield {
    what: "another type",
    method,
    url: plain,
    headers: { "content-type": "application/xml" },
    body: "<a/>",
  };
  yield {
    what: "deep",
    method,
    url: plain,
    headers: { "content-type": "application/json" },
    body: `${"[".repeat(20_000)}`,
  };
  yield {
    what: "huge",
    method,
    url: plain,
    headers: { "content-type": "application/json" },
    body: JSON.stringify("x".repeat(3_000_000)),
  };
  for (const value of [...shapes, ...hostileTexts.slice(0, 4)])
    yield sent(`body ${shown(value)}`, plain, value);
  for (const [where, changed] of changedBodies(body)) yield sent(where, plain, changed);
}

function* parameterFuzz(
  operation: Operation,
  { name, in: place, required }: Parameter,
  sent: (what: string, url: string) => FuzzedRequest,
): Generator<FuzzedRequest> {
  if (place !== "path" && place !== "query") return;
  const values = [
    ...hostileTexts,
    "",
    "-1",
    "0",
    "1e309",
    "9".repeat(400),
    "x".repeat(4_000),
    "..",
    "%",
    "\ud83d",
  ];
  for (const value of values) {
    // No path has an empty step.
    if (place === "path" && value === "") continue;
    const url =
      place === "path" ? urlOf(operation, { [name]: value }, {}) : urlOf(operation, {}, { [name]: value });
    yield sent(`${name} = ${shown(value)}`, url);
  }
  if (place === "query") {
    const url = urlOf(operation, {}, {});
    const again = `${encodeURIComponent(name)}=1`;
    yield sent(`${name} twice`, `${url}${url.includes("?") ? "&" : "?"}${again}&${again}`);
    if (required === true) yield sent(`without ${name}`, url.split("?")[0] ?? url);
  }
}

function* uploadFuzz(method: string, url: string, type: string): Generator<FuzzedRequest> {
  const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text, "latin1"));
  const bodies: readonly (readonly [string, Uint8Array<ArrayBuffer>])[] = [
    ["nothing", bytes("")],
    ["text", bytes("no picture")],
    ["a head only", bytes("\u00ff\u00d8\u00ff\u00e0\u0000\u0010JFIF\u0000")],
    ["an SVG", bytes('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>')],
    ["zeros", new Uint8Array(100_000)],
    ["too much", new Uint8Array(12_000_000)],
  ];
  for (const [what, body] of bodies)
    yield { what: `${what} as ${type}`, method, url, headers: { "content-type": type }, body };
  yield { what: "as JSON", method, url, headers: { "content-type": "application/json" }, body: "{}" };
}

/** The body with one thing wrong, wherever something stands in it. */
function* changedBodies(body: unknown, path = ""): Generator<readonly [string, unknown]> {
  if (Array.isArray(body)) {
    yield [`${path}/ many`, Array.from({ length: 3_000 }, () => body[0] ?? 1)];
    for (const [index, element] of body.entries())
      for (const [where, changed] of changedBodies(element, `${path}/${index}`))
        yield [where, body.with(index, changed)];
  } else if (typeof body === "object" && body !== null) {
    yield [`${path}/ surprise`, { ...body, surprise: 1 }];
    yield [
      `${path}/ prototype`,
      JSON.parse(`{"__proto__":{"admin":true},${JSON.stringify(body).slice(1)}`.replace(",}", "}")),
    ];
    for (const [key, value] of Object.entries(body)) {
      const { [key]: _left, ...rest } = body as Record<string, unknown>;
      yield [`${path}/${key} missing`, rest];
      for (const [where, changed] of changedBodies(value, `${path}/${key}`))
        yield [where, { ...body, [key]: changed }];
    }
  }
  if (path === "") return;
  for (const value of [...shapes, ...hostileTexts]) yield [`${path} = ${shown(value)}`, value];
}

function urlOf(
  { path, parameters }: Operation,
  inPath: Readonly<Record<string, string>>,
  inQuery: Readonly<Record<string, string>>,
): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    escaped(inPath[name] ?? presets[name] ?? "x"),
  );
  const query = parameters
    .filter((one) => one.in === "query" && (one.required === true || one.name in inQuery))
    .map(({ name }) => `${escaped(name)}=${escaped(inQuery[name] ?? presets[name] ?? "1")}`);
  return query.length === 0 ? filled : `${filled}?${query.join("&")}`;
}

/** What the demo site has, so that a request is wrong in one place only. */
const presets: Readonly<Record<string, string>> = {
  ...{
    vestibule: "v1",
    door: "outer",
    number: "1001",
    seq: "1",
    name: "fire",
    username: "nobody",
    hash: "a".repeat(64),
  },
  ...{ from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z", size: "1" },
};

/** Also what is no text at all, as bytes that are none either. */
const escaped = (value: string): string => (value.isWellFormed() ? encodeURIComponent(value) : "%ed%a0%bd");

function bodyOf({ example, schema }: Media): unknown {
  return example ?? schema.examples?.[0] ?? {};
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? "undefined").slice(0, 40);
