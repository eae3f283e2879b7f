/** What the server answered instead of doing it: RFC 9457 problem details, or no answer at all. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** HTTP status; 0 where the server could not be reached. */
  readonly status: number;
  /** The problem's stable name, e.g. `login-failed`; `null` where the server gave none. */
  readonly code: string | null;
  /** Why, where one code has several; e.g. `locked`. */
  readonly reason: string | null;
  readonly retryAfterSeconds: number | null;
  /** Everything it answered. */
  readonly content: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    detail: string,
    more: Partial<Pick<ApiError, "code" | "reason" | "retryAfterSeconds" | "content">> = {},
  ) {
    super(detail);
    this.status = status;
    this.code = more.code ?? null;
    this.reason = more.reason ?? null;
    this.retryAfterSeconds = more.retryAfterSeconds ?? null;
    this.content = more.content ?? {};
  }
}

/** An answer that takes longer is as good as none: the person has pressed again by then. */
const requestTimeoutMs = 10_000;

/** Among many people whose face it is takes a while. */
const pictureTimeoutMs = 150_000;

/** Echoed on every change, so that another site's page cannot make one (T2). */
let csrfToken: string | null = null;

export function keepCsrfToken(token: string | null): void {
  csrfToken = token;
}

let asScreen = false;

/**
 * Whether this page watches as a paired screen, with nobody signed in: beside the screen's cookie there may be an
 * operator's, and the server is told which of the two asks.
 */
export function askAsScreen(is: boolean): void {
  asScreen = is;
}

export const asksAsScreen = (): boolean => asScreen;

export interface Upload {
  readonly type: string;
  readonly bytes: BodyInit;
}

/** An answer that was asked for before somebody wanted it is as good as a new one for this long. */
const earlyIsGood = 3_000;

interface Early {
  readonly at: number;
  readonly answer: Promise<unknown>;
}
const early = new Map<string, Early>();

/** Asks; whoever first asks the same gets this answer. */
export function sendEarly(path: string): Promise<unknown> {
  const answer = exchange("GET", path, undefined, earlyIsGood, {});
  early.set(path, { at: performance.now(), answer });
  return answer;
}

/** Once, and not where the server was away: then it is asked anew. */
async function earlyAnswer(path: string): Promise<Early | undefined> {
  const found = early.get(path);
  early.delete(path);
  if (found === undefined || performance.now() - found.at > earlyIsGood) return undefined;
  const isAway = await found.answer.then(
    () => false,
    (error: unknown) => error instanceof ApiError && error.status === 0,
  );
  return isAway ? undefined : found;
}

export async function send(...request: Parameters<typeof exchange>): Promise<unknown> {
  const [method, path] = request;
  const found = method === "GET" && !asScreen && early.size > 0 ? await earlyAnswer(path) : undefined;
  return await (found?.answer ?? exchange(...request));
}

async function exchange(
  method: string,
  path: string,
  body: Upload | undefined,
  timeoutMs = body?.bytes instanceof Blob ? pictureTimeoutMs : requestTimeoutMs,
  more: { readonly signal?: AbortSignal | undefined; readonly watching?: boolean | undefined } = {},
): Promise<unknown> {
  const { signal, watching } = more;
  const headers: Record<string, string> = { accept: "application/json" };
  if (body !== undefined) headers["content-type"] = body.type;
  if (method !== "GET" && csrfToken !== null) headers["x-vestibule-csrf"] = csrfToken;
  if (method === "GET" && asScreen) headers["x-vestibule-screen"] = "1";
  // Asked by the page itself: that somebody is there does not follow.
  if (watching === true) headers["x-vestibule-watching"] = "1";
  const answer = await fetch(path, {
    method,
    headers,
    credentials: "same-origin",
    cache: "no-store",
    signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])]),
    ...(body === undefined ? {} : { body: body.bytes }),
  }).catch(() => {
    throw new ApiError(0, "no answer");
  });
  const content = await contentOf(answer);
  if (!answer.ok) throw problem(answer, content);
  return content;
}

/** JSON as what it says, a picture or file as a blob. */
async function contentOf(answer: Response): Promise<unknown> {
  if (answer.status === 204) return undefined;
  const type = answer.headers.get("content-type") ?? "";
  const content: Promise<unknown> = type.includes("json") ? answer.json() : answer.blob();
  return await content.catch(() => {
    // Given up, or broken off, before all of it was there.
    if (answer.ok) throw new ApiError(0, "no answer");
    return undefined;
  });
}

function problem(answer: Response, content: unknown): ApiError {
  const fields = isObject(content) ? content : {};
  const retryAfter = Number(answer.headers.get("retry-after") ?? Number.NaN);
  return new ApiError(
    answer.status,
    typeof fields["detail"] === "string" ? fields["detail"] : answer.statusText,
    {
      code: textOf(fields["code"]),
      reason: textOf(fields["reason"]),
      retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : null,
      content: fields,
    },
  );
}

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
