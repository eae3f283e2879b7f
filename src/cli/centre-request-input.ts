import { createPrivateKey, type KeyObject, randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import {
  longestValidity,
  longestValidityOfTwo,
  type RequestBody,
  requestBodySchema,
  type SignedRequest,
  signatureOf,
  signedRequestSchema,
} from "../controller/centre-requests/signed-request.ts";
import type { CentreAddress } from "../drivers/mqtt/centre-client.ts";
import { centreActions } from "../ports/centre-rules.ts";
import { InputError } from "./face-pictures.ts";

/** As written on the command line. */
export interface RequestOptions {
  readonly [option: string]: string | boolean | string[] | undefined;
  readonly url?: string | undefined;
  readonly site?: string | undefined;
  readonly key?: string | undefined;
  readonly with?: string | undefined;
  readonly write?: string | undefined;
  readonly continue?: string | undefined;
  readonly after?: string | undefined;
  readonly limit?: string | undefined;
  readonly type?: string[] | undefined;
  readonly user?: string | undefined;
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly json?: boolean | undefined;
}

const keyFile = z.strictObject({ id: z.string(), privateKey: z.string() });
const facts = ["vestibule", "reason", "alarm", "comment", "passage"] as const;

/** A request of one's own, signed with one's key. */
export function begun(action: string, options: RequestOptions, now: number): SignedRequest {
  if (!(centreActions as readonly string[]).includes(action))
    throw new InputError(`there is no action "${action}"; ${centreActions.join(", ")} or replay`);
  const { id, key } = keyOf(options);
  const validity = options.with === undefined ? longestValidity : longestValidityOfTwo;
  const given = Object.fromEntries(
    facts.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  );
  const body = requestBodySchema.safeParse({
    ...{
      schema: 1,
      site: needed(options, "site"),
      action,
      nonce: randomBytes(24).toString("base64url"),
      ...given,
    },
    ...{ issuedAt: new Date(now).toISOString(), expiresAt: new Date(now + validity).toISOString() },
    keys: options.with === undefined ? [id] : [id, options.with],
  });
  if (!body.success) throw new InputError(faultsOf(body.error));
  if (options.with !== undefined && options.write === undefined)
    throw new InputError("--with needs --write FILE: the other person signs it and sends it");
  return { request: body.data, signatures: [signatureOf(body.data, id, key)] };
}

/** What another has begun, with one's own signature added. */
export function continued(action: string, options: RequestOptions): SignedRequest {
  const file = needed(options, "continue");
  const signed = signedRequestSchema.safeParse(jsonIn(file));
  if (!signed.success) throw new InputError(`${file} is no request: ${faultsOf(signed.error)}`);
  const { request, signatures } = signed.data;
  const { id, key } = keyOf(options);
  if (request.action !== action)
    throw new InputError(`${file} asks for ${request.action}, not for ${action}`);
  if (request.site !== needed(options, "site"))
    throw new InputError(`${file} is for the site ${request.site}`);
  if (!request.keys.includes(id) || signatures.some((one) => one.key === id))
    throw new InputError(`${file} waits for the signature of ${missing(request, signatures)}, not of ${id}`);
  return { request, signatures: [...signatures, signatureOf(request, id, key)] };
}

const missing = ({ keys }: RequestBody, signatures: SignedRequest["signatures"]): string =>
  keys.filter((id) => !signatures.some(({ key }) => key === id)).join(", ");

export function writeRequest(file: string, request: SignedRequest): void {
  writeFileSync(file, `${JSON.stringify(request, null, 2)}\n`, { mode: 0o600 });
}

export function broker(options: RequestOptions): CentreAddress {
  const url = needed(options, "url");
  if (!/^mqtts?:\/\/[^\s@]+$/.test(url))
    throw new InputError(`--url ${url}: an mqtt:// or mqtts:// address is expected`);
  const password = options["password-file"];
  const certKey = options["cert-key"];
  return {
    ...{ url, site: needed(options, "site"), username: options.user },
    password: typeof password === "string" ? contentOf(password).toString().trimEnd() : undefined,
    ca: options.ca === undefined ? undefined : contentOf(options.ca),
    certificate: options.cert === undefined ? undefined : contentOf(options.cert),
    key: typeof certKey === "string" ? contentOf(certKey) : undefined,
  };
}

function keyOf(options: RequestOptions): { readonly id: string; readonly key: KeyObject } {
  const file = needed(options, "key");
  const parsed = keyFile.safeParse(jsonIn(file));
  if (!parsed.success) throw new InputError(`${file} is no key that vestibule centre-key make has made`);
  return { id: parsed.data.id, key: createPrivateKey(parsed.data.privateKey) };
}

function needed(options: RequestOptions, name: string): string {
  const value = options[name];
  if (typeof value === "string" && value !== "") return value;
  throw new InputError(`--${name} is needed; see --help`);
}

function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new InputError(`${file} cannot be read`, { cause });
  }
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(contentOf(file).toString());
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(`${file} is no JSON`, { cause });
  }
}

const faultsOf = (error: z.ZodError): string =>
  error.issues.map(({ path, message }) => `--${path.join(".")}: ${message}`).join("; ");
