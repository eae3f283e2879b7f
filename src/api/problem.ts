import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { DirectoryRefusal } from "../ports/directory.ts";
import { StorageFault } from "../ports/journal.ts";

/** What was expected where, for a request that does not fit its schema. */
export interface ProblemField {
  readonly in: string;
  /** JSON pointer into that part of the request. */
  readonly path: string;
  readonly expected: string;
}

export interface ProblemExtras {
  readonly errors?: readonly ProblemField[];
  readonly retryAfterSeconds?: number;
  readonly [extension: string]: unknown;
}

/** A refusal with its answer to the client (RFC 9457); thrown by routes, sent by `sendProblem`. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  /** The last part of the problem's `type`: stable, for programs. */
  readonly code: string;
  readonly extras: ProblemExtras;

  constructor(status: number, code: string, detail: string, extras: ProblemExtras = {}) {
    super(detail);
    this.status = status;
    this.code = code;
    this.extras = extras;
  }
}

export const notFound = (detail: string): Problem => new Problem(404, "not-found", detail);

export const problemContentType = "application/problem+json; charset=utf-8";

const titles: Readonly<Record<string, string>> = {
  "invalid-request": "The request does not fit its schema",
  "not-found": "There is no such thing",
  "authentication-required": "Log in first",
  "password-change-required": "The one-time password must be changed first",
  "passkey-required": "The password alone does not do",
  "login-failed": "Wrong user name or password",
  "too-many-attempts": "Too many attempts",
  "foreign-origin": "Only the console's own pages may ask this",
  "payload-too-large": "The body is too large",
  "unsupported-media-type": "This content type is not taken here",
  "already-enrolled": "This face is enrolled as somebody else's",
  "storage-fault": "The journal cannot be written",
  "still-indexing": "This cannot be searched for yet",
  "too-many-reports": "Others are being made",
  "journal-altered": "The journal is not what was written",
  "interlock-silent": "The interlock does not answer",
  "same-person": "A second operator is needed",
  "locked-down": "Lockdown stands above this",
  "emergency-active": "The fire input still says fire",
  "which-vestibule": "It has to be said which door pair",
  "no-emergency": "There is no emergency to reset",
  "internal-error": "A fault of the controller, not of the request",
};

/** The body of a problem answer. */
export function problemBody(problem: Problem, instance: string): Record<string, unknown> {
  const { retryAfterSeconds: _sentAsHeader, ...extensions } = problem.extras;
  return {
    type: `urn:vestibule:problem:${problem.code}`,
    title: titles[problem.code] ?? sentence(problem.code),
    status: problem.status,
    detail: problem.message,
    // Bounded: the path is the client's own text.
    instance: instance.slice(0, 200),
    code: problem.code,
    ...extensions,
  };
}

/** `card-number-taken` as a title. */
function sentence(code: string): string {
  return code.charAt(0).toUpperCase() + code.slice(1).replaceAll("-", " ");
}

/** Answers with the problem that `error` is, and logs what is no client's fault. */
export function sendProblem(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(error);
  if (problem.status >= 500) {
    request.log.error({ err: error, request: request.id, route: request.routeOptions.url }, "request failed");
  }
  const retryAfter = problem.extras.retryAfterSeconds;
  if (retryAfter !== undefined) reply.header("retry-after", String(Math.max(1, Math.ceil(retryAfter))));
  const [path = "/"] = request.url.split("?");
  void reply.code(problem.status).type(problemContentType).send(problemBody(problem, path));
}

const directoryStatus: Readonly<Record<DirectoryRefusal["code"], readonly [number, string]>> = {
  notFound: [404, "not-found"],
  cardNumberTaken: [409, "card-number-taken"],
  cardNotActive: [409, "card-not-active"],
  tooManyPhotos: [409, "too-many-photos"],
  tooManyCards: [409, "too-many-cards"],
  tooManyAppearances: [409, "too-many-appearances"],
  numberTaken: [409, "number-taken"],
  operatorTaken: [409, "operator-taken"],
  unknownHost: [422, "unknown-host"],
  visitorIncomplete: [422, "visitor-incomplete"],
  selfService: [403, "self-service"],
  unfitPin: [422, "unfit-pin"],
  consentMissing: [409, "consent-missing"],
  importUnderWay: [409, "import-under-way"],
  unknownAccessLevel: [422, "unknown-access-level"],
};

function problemOf(error: FastifyError): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof DirectoryRefusal) {
    const [status, code] = directoryStatus[error.code];
    return new Problem(status, code, error.message);
  }
  if (error instanceof StorageFault) {
    return new Problem(503, "storage-fault", "Nothing was changed: the journal cannot be written now.", {
      retryAfterSeconds: 5,
    });
  }
  if (hasZodFastifySchemaValidationErrors(error)) return invalidRequest(error);
  return ofFramework(error);
}

function invalidRequest(error: FastifyError): Problem {
  const errors = (error.validation ?? []).slice(0, 20).map((issue) => ({
    in: error.validationContext === "querystring" ? "query" : (error.validationContext ?? "request"),
    path: issue.instancePath === "" ? "/" : issue.instancePath.slice(0, 200),
    expected: (issue.message ?? "something else").slice(0, 300),
  }));
  const first = errors[0];
  const detail =
    first === undefined
      ? "The request does not fit its schema."
      : `${first.in} ${first.path}: ${first.expected}`;
  return new Problem(400, "invalid-request", detail, { errors });
}

const frameworkCodes: Readonly<Record<number, string>> = {
  404: "not-found",
  408: "request-timeout",
  413: "payload-too-large",
  414: "uri-too-long",
  415: "unsupported-media-type",
  431: "headers-too-large",
};

const remedies: Readonly<Record<number, string>> = {
  413: "JSON may have 64 KiB, a picture 10 MB.",
  415: "Send JSON as application/json; where a picture is asked for, send it as image/jpeg or image/png.",
};

/** Errors of the HTTP framework keep their meaning; anything else is a bug and stays unexplained outside. */
function ofFramework(error: FastifyError): Problem {
  const status = error.statusCode ?? 500;
  if (status < 400 || status >= 500) {
    return new Problem(500, "internal-error", "The controller met a fault; its log has the details.");
  }
  const detail = remedies[status] ?? error.message.slice(0, 300);
  return new Problem(status, frameworkCodes[status] ?? "invalid-request", detail);
}
