import { type Cipher, isSealedNow, type Resealing } from "../../ports/cipher.ts";
import type { SecondFactorStore } from "../../ports/operators.ts";
import type { Connection } from "./connection.ts";
import { operatorsWriting as writing } from "./operators-writing.ts";

interface Row {
  readonly sealed: Buffer;
  readonly confirmed: number;
  readonly lastStep: number;
}

const binding = (username: string): readonly string[] => ["second-factor", username];

export function createSecondFactors(connection: Connection, cipher: Cipher): SecondFactorStore {
  const get = connection.prepare<[string], Row>(
    "SELECT sealed, confirmed, last_step AS lastStep FROM second_factors WHERE username = ?",
  );
  const put = connection.prepare<[string, Uint8Array, number, number]>(
    "INSERT OR REPLACE INTO second_factors (username, sealed, confirmed, last_step) VALUES (?, ?, ?, ?)",
  );
  const remove = connection.prepare<[string]>("DELETE FROM second_factors WHERE username = ?");
  const forgetCodes = connection.prepare<[string]>("DELETE FROM recovery_codes WHERE username = ?");
  const addCode = connection.prepare<[string, string]>(
    "INSERT INTO recovery_codes (username, hash) VALUES (?, ?)",
  );
  const takeCode = connection.prepare<[string, string]>(
    "DELETE FROM recovery_codes WHERE username = ? AND hash = ?",
  );
  const codes = connection
    .prepare<[string], number>("SELECT count(*) FROM recovery_codes WHERE username = ?")
    .pluck();
  const setCodes = connection.transaction((username: string, hashes: readonly string[]) => {
    forgetCodes.run(username);
    for (const hash of hashes) addCode.run(username, hash);
  });
  return {
    get(username) {
      const row = get.get(username);
      if (row === undefined) return undefined;
      const secret = cipher.open(row.sealed, binding(username));
      return { secret, confirmed: row.confirmed === 1, lastStep: row.lastStep };
    },
    put(username, { secret, confirmed, lastStep }) {
      const sealed = cipher.seal(secret, binding(username));
      writing(() => put.run(username, sealed, Number(confirmed), lastStep));
    },
    remove(username) {
      writing(() =>
        connection.transaction(() => {
          remove.run(username);
          forgetCodes.run(username);
        })(),
      );
    },
    setRecoveryCodes: (username, hashes) => writing(() => setCodes(username, hashes)),
    takeRecoveryCode: (username, hash) => writing(() => takeCode.run(username, hash)).changes === 1,
    recoveryCodesLeft: (username) => codes.get(username) ?? 0,
  };
}

/** All in one step: operators are few. */
export function resealSecondFactors(connection: Connection, cipher: Cipher): Resealing {
  const all = connection.prepare<[], { username: string; sealed: Buffer }>(
    "SELECT username, sealed FROM second_factors ORDER BY username",
  );
  const put = connection.prepare<[Uint8Array, string]>(
    "UPDATE second_factors SET sealed = ? WHERE username = ?",
  );
  const rows = all.all().length;
  let seen = false;
  const reseal = connection.transaction(() => {
    const found = all.all();
    const due = found.filter(({ sealed }) => !isSealedNow(cipher, sealed));
    for (const { username, sealed } of due) {
      const plain = cipher.open(sealed, binding(username));
      put.run(cipher.seal(plain, binding(username)), username);
    }
    return { looked: found.length, resealed: due.length };
  });
  return {
    all: rows,
    next() {
      if (seen) return { looked: 0, resealed: 0 };
      seen = true;
      return writing(() => reseal.immediate());
    },
  };
}
