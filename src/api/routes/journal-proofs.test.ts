import { expect, test } from "vitest";
import { apiForTests } from "../../../test/support/api-for-tests.ts";
import { NoProof } from "../../ports/journal-proofs.ts";

test("T41: key, checkpoint and proofs, for those who may verify the journal", async () => {
  await using api = await apiForTests();
  const cookie = await api.logIn();
  const ask = (path: string) => api.call("GET", `/api/v1/journal/${path}`, { cookie });
  expect((await ask("key")).statusCode).toBe(404); // nothing signs it
  const checkpoint = { size: 3, note: "a note" };
  const roots = { fromRoot: "AA==", toRoot: "AQ==", proof: ["Ag=="] };
  api.services.proofs = {
    key: () => "NAME+ID+KEY",
    checkpoint: () => checkpoint,
    witnessed: () => ({ ...checkpoint, size: 2, cosignatures: "— w AAAA\n" }),
    inclusion: (seq, size = 3) => {
      if (seq > size) throw new NoProof("no such record");
      return { seq, size, leaf: "text", salt: "00", root: "AA==", proof: ["AQ=="] };
    },
    consistency: (from, to) => ({ from, to, ...roots }),
  };
  expect((await ask("key")).json()).toEqual({ key: "NAME+ID+KEY" });
  expect((await ask("checkpoint")).json()).toMatchObject({ size: 3, witnessed: { size: 2 } });
  expect((await ask("proof/inclusion?seq=2")).json()).toMatchObject({ seq: 2, size: 3, proof: ["AQ=="] });
  expect((await ask("proof/inclusion?seq=4&size=3")).statusCode).toBe(404);
  expect((await ask("proof/consistency?from=1&to=3")).json()).toEqual({ from: 1, to: 3, ...roots });
  for (const path of [
    "proof/inclusion",
    "proof/inclusion?seq=-1",
    "proof/inclusion?seq=1.5",
    "proof/consistency?from=1",
  ])
    expect((await ask(path)).statusCode, path).toBe(400);
});
