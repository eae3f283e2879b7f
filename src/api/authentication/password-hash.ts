import { argon2, randomBytes, timingSafeEqual } from "node:crypto";

/** OWASP's floor for argon2id: 19 MiB, two passes, one lane (Password Storage Cheat Sheet, 2025). */
const parameters = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const saltLength = 16;
const tagLength = 32;

const phc =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

interface HashParameters {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** The same password typed on another keyboard may arrive in another Unicode form. */
const normalised = (password: string): string => password.normalize("NFKC");

function derive(password: string, nonce: Uint8Array, cost: HashParameters, length: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    argon2("argon2id", { message: normalised(password), nonce, tagLength: length, ...cost }, (error, tag) => {
      if (error === null) resolve(tag);
      else reject(error);
    });
  });
}

const unpadded = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64").replace(/=+$/, "");

/** An argon2id hash in PHC string format: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltLength);
  const tag = await derive(password, salt, parameters, tagLength);
  const { memory, passes, parallelism } = parameters;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
}

/** Whether `password` is the one `hash` was made of. A hash that cannot be read matches nothing. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [, memory = "", passes = "", parallelism = "", salt = "", tag = ""] = phc.exec(hash) ?? [];
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  // A tampered store must not be able to make the controller spend a gigabyte.
  if (tag === "" || cost.memory < 8 || cost.memory > 262_144 || cost.passes < 1 || cost.passes > 16)
    return false;
  if (cost.parallelism < 1 || cost.parallelism > 8) return false;
  const expected = Buffer.from(tag, "base64");
  const actual = await derive(password, Buffer.from(salt, "base64"), cost, expected.length);
  return timingSafeEqual(actual, expected);
}
