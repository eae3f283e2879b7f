import { send, type Upload } from "./http.ts";

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query?: object;
  readonly body?: unknown;
}

export interface CallOptions {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** The page asks by itself, and nobody at it: the session grows older all the same. */
  readonly watching?: boolean;
}

/** What the generated client calls; throws ApiError. A picture or file goes as it is, everything else as JSON. */
export async function call<Answer>(
  { method, path, query, body }: Call,
  options: CallOptions = {},
): Promise<Answer> {
  const upload: Upload | undefined =
    body === undefined
      ? undefined
      : body instanceof Blob
        ? { type: body.type, bytes: body }
        : { type: "application/json", bytes: JSON.stringify(body) };
  // The server is this page's own and of the same version: it answers in the shape it describes.
  return (await send(method, path + searchOf(query), upload, options.timeoutMs, options)) as Answer;
}

/** One step of a path, whatever is in it. */
export const segment = (value: string | number): string => encodeURIComponent(String(value));

function searchOf(query: object | undefined): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null);
  if (given.length === 0) return "";
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}
