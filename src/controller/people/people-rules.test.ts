import { beforeEach, describe, expect, test } from "vitest";
import { anna, bo, SiteInOneProcess } from "../../../test/support/site-in-one-process.ts";
import { wallTime } from "../../domain/time.ts";
import type { NewCardholder } from "../../ports/directory.ts";

let site: SiteInOneProcess;
let her: string;

beforeEach(async () => {
  site = await SiteInOneProcess.open();
  her = site.cardholder(anna);
});

const refused = (change: Promise<unknown>): Promise<string> =>
  change.then(
    () => "done",
    (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : "failed"),
  );

describe("T43: nobody changes themselves", () => {
  beforeEach(() => void site.directory.change(her, { operator: "anna" }));

  const photo = Uint8Array.of(1, 2, 3);
  const changes = (who: string): readonly (readonly [string, () => Promise<unknown>])[] => {
    const { services } = site;
    return [
      ["levels", () => services.changeCardholder(her, { accessLevels: [] }, who)],
      ["the end of validity", () => services.changeCardholder(her, { validUntil: null }, who)],
      ["whose account it is", () => services.changeCardholder(her, { operator: null }, who)],
      ["a card", () => services.issueCard(her, "7001", "raw", who)],
      ["a card's state", () => services.people.setCardStatus("7001", "suspended", who)],
      ["a card in its place", () => services.replaceCard("7001", "7002", who)],
      ["a photo", () => services.enrolPhoto(her, photo, who)],
      ["a photo less", () => services.removePhoto(her, site.directory.get(her)?.photos[0]?.id ?? "", who)],
      ["a PIN", () => services.people.setPin(her, { pin: "4711" }, who)],
      ["no PIN", () => services.people.removePin(her, who)],
      ["being there at all", () => services.removeCardholder(her, who)],
    ];
  };

  test("not the account that is theirs, whatever it is", async () => {
    site.directory.issueCard(her, "7001", "raw");
    const before = site.directory.get(her);
    const last = site.disk.last();
    for (const [what, change] of changes("anna")) expect(await refused(change()), what).toBe("selfService");
    expect(site.directory.get(her)).toEqual(before);
    expect(site.types(last)).toEqual([]);
  });

  test("somebody else does", async () => {
    const [, ...others] = changes("bo").filter(([what]) => what !== "whose account it is");
    for (const [what, change] of others) expect(await refused(change()), what).toBe("done");
  });

  test("a loss is reported by whoever notices, of one's own card too", async () => {
    expect(await refused(site.services.reportLost(anna.card, "anna"))).toBe("done");
  });
});

describe("A7: a visitor is registered whole", () => {
  const hour = 3_600_000;
  const visit = (more: Partial<NewCardholder>): Promise<string> =>
    refused(
      site.services.addCardholder(
        { name: "Vi", groups: [], accessLevels: [], kind: "visitor", ...more },
        "admin",
      ),
    );
  const inHours = (hours: number) => wallTime(site.clock.wall() + hours * hour);

  test("with a host who works here, and an end within a day", async () => {
    expect(await visit({ host: her, validUntil: inHours(8) })).toBe("done");
    expect(await visit({ host: her, validFrom: inHours(100), validUntil: inHours(124) })).toBe("done");
    for (const [what, more] of [
      ["no host", { validUntil: inHours(8) }],
      ["no end", { host: her }],
      ["too long", { host: her, validUntil: inHours(24.1) }],
      ["too long from its beginning", { host: her, validFrom: inHours(1), validUntil: inHours(26) }],
    ] as const) {
      expect(await visit(more), what).toBe("visitorIncomplete");
    }
    expect(await visit({ host: "nobody", validUntil: inHours(8) })).toBe("unknownHost");
    const visitor = site.directory.list({ limit: 9, kind: "visitor" })[0]?.id ?? "";
    expect(await visit({ host: visitor, validUntil: inHours(8) })).toBe("visitorIncomplete");
    await site.services.changeCardholder(her, { status: "left" }, "admin");
    expect(await visit({ host: her, validUntil: inHours(8) })).toBe("visitorIncomplete");
    expect(site.directory.list({ limit: 9, kind: "visitor" })).toHaveLength(2);
    expect(site.records("CardholderAdded").at(-1)?.payload).toMatchObject({ kind: "visitor", host: her });
  });

  test("and stays so, but may be ended when all is over", async () => {
    await visit({ host: her, validUntil: inHours(8) });
    const id = site.directory.list({ limit: 9, kind: "visitor" })[0]?.id ?? "";
    const change = (more: Parameters<typeof site.services.changeCardholder>[1]): Promise<string> =>
      refused(site.services.changeCardholder(id, more, "admin"));
    expect(await change({ host: null })).toBe("visitorIncomplete");
    expect(await change({ validUntil: inHours(48) })).toBe("visitorIncomplete");
    expect(await change({ validUntil: inHours(20) })).toBe("done");
    await site.services.removeCardholder(her, "admin");
    expect(await change({ status: "left" })).toBe("done");
    expect(site.directory.get(id)).not.toHaveProperty("host");
  });
});

test("A8: a loss counts at the very next look-up, at every access point", async () => {
  for (const where of ["outer-entry", "inner-exit"] as const) {
    const card = `88${where.length}`;
    site.directory.issueCard(her, card, "raw");
    await site.services.reportLost(card, "admin");
    expect(site.directory.findByCard(card)?.card.status).toBe("lost");
    const last = site.disk.last();
    await site.present(card, where);
    expect(site.types(last)).toContain("AccessDenied");
    expect(site.records("AccessDenied").at(-1)?.payload).toMatchObject({
      reason: "lostCredential",
      accessPoint: where,
    });
  }
});

test("a person's number, note and account are nowhere in the journal, nor is there more than one PIN", async () => {
  const { services } = site;
  const change = { number: "P-77231", note: "walks with a stick", operator: "bosoperator" };
  await services.changeCardholder(site.cardholder(bo), change, "admin");
  await services.people.setPin(her, { pin: "4711", duressPin: "8053" }, "admin");
  await services.people.setPin(site.cardholder(bo), { pin: "4711" }, "admin");
  const [one, other] = site.records("PinSet").map(({ payload }) => Object.keys(payload));
  expect(one).toEqual(other);
  expect(site.records("CardholderChanged").at(-1)?.payload.altered).toEqual(["number", "note", "account"]);
  expect(JSON.stringify(site.disk.query({ limit: 1_000 }))).not.toMatch(
    /77231|stick|bosoperator|4711|8053|duress/i,
  );
});
