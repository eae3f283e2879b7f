import { expect, test } from "vitest";
import { SiteInOneProcess } from "../../../test/support/site-in-one-process.ts";
import type { ProvableJournal } from "../../ports/journal-proofs.ts";
import type { Witness } from "../../ports/witness.ts";

/** Signed, and proven to whoever asks: what the witness says of it is the test's. */
const provable: ProvableJournal = {
  checkpointNow: () => ({ size: 5, note: "state 5" }),
  checkpoint: () => ({ size: 5, note: "state 5" }),
  witnessed: () => undefined,
  keepCosignatures: () => undefined,
  proveInclusion: () => {
    throw new Error("not asked for here");
  },
  proveConsistency: (from, to) => ({ from, to, fromRoot: "", toRoot: "", proof: [] }),
};

test("T41: a journal that agrees with itself does not clear what its witness contradicts", async () => {
  const witness: Witness = { submit: async () => ({ is: "conflict", size: 900 }) };
  const key = { verifierKey: "key+00000000+AQ==", handover: undefined, announced: () => undefined };
  const plan = { witness, interval: 60_000, overdueAfter: 3_600_000 };
  const site = await SiteInOneProcess.open({
    options: { proofs: { journal: provable, key, witness: plan } },
  });
  await site.passes(2_000);
  expect(site.alarm("site.AuditBroken")?.phase).toBe("active-unacknowledged");
  expect(await site.services.verifyJournal()).toMatchObject({ intact: true });
  expect(site.alarm("site.AuditBroken")?.phase).toBe("active-unacknowledged");
  // Acknowledged, it is still there for as long as nobody has looked into it.
  await site.services.acknowledge("site.AuditBroken", "eva", "asked the centre");
  await site.services.verifyJournal();
  expect(site.alarm("site.AuditBroken")?.phase).toBe("active-acknowledged");
});
