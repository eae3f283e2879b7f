import { expect, test } from "vitest";
import { wallTime } from "../../domain/time.ts";
import type { CardholderChange, DirectoryPage } from "../directory.ts";
import { directoryLimits } from "../directory-limits.ts";
import { anna, type DirectoryUnderTest, idOf, photo, refusalOf } from "./directory-under-test.ts";

/** Visitors, numbers, accounts, PINs, states of a card, appearances, and whom a search finds. */
export function people(make: () => DirectoryUnderTest): void {
  kindsAndNumbers(make);
  cardStates(make);
  pins(make);
  appearances(make);
  finding(make);
  enrolment(make);
}

function kindsAndNumbers(make: () => DirectoryUnderTest): void {
  test("A7: a visitor names a host who is there, and keeps none that was removed", () => {
    using subject = make();
    const { directory } = subject;
    const host = directory.add(anna).id;
    const visitor = directory.add({ ...anna, kind: "visitor", host, note: "from the auditors" });
    expect(visitor).toMatchObject({ kind: "visitor", host, note: "from the auditors" });
    expect(directory.get(visitor.id)).toEqual(visitor);
    for (const other of ["nobody", visitor.id])
      expect(refusalOf(() => directory.change(visitor.id, { host: other }))).toBe("unknownHost");
    expect(refusalOf(() => directory.add({ ...anna, host: "nobody" }))).toBe("unknownHost");
    directory.remove(host);
    expect(directory.get(visitor.id)).not.toHaveProperty("host");
  });

  test("a personnel number and an operator's account are one person's only", () => {
    using subject = make();
    const { directory } = subject;
    const { id } = directory.add({ ...anna, number: "0042", operator: "anna" });
    expect(directory.findByNumber("0042")?.id).toBe(id);
    expect(directory.findByOperator("anna")?.id).toBe(id);
    expect(directory.findByNumber("42")).toBeUndefined();
    expect(refusalOf(() => directory.add({ ...anna, number: "0042" }))).toBe("numberTaken");
    expect(refusalOf(() => directory.add({ ...anna, operator: "anna" }))).toBe("operatorTaken");
    const other = directory.add({ ...anna, number: "0043" }).id;
    expect(refusalOf(() => directory.change(other, { number: "0042" }))).toBe("numberTaken");
    expect(refusalOf(() => directory.change(other, { operator: "anna" }))).toBe("operatorTaken");
    expect(directory.change(id, { number: "0042", operator: "anna", name: "Anna B" }).number).toBe("0042");
    expect(directory.change(id, { number: null, operator: null })).not.toHaveProperty("operator");
    expect(directory.change(other, { number: "0042" }).number).toBe("0042");
    directory.remove(other);
    expect(directory.add({ ...anna, number: "0042" }).number).toBe("0042");
  });

  test("whoever left is told from who is suspended, and may come back", () => {
    using subject = make();
    const { directory } = subject;
    const { id } = directory.add(anna);
    for (const status of ["left", "suspended", "active"] as const) {
      expect(directory.change(id, { status }).status).toBe(status);
      expect(directory.list({ limit: 9, status }).map((one) => one.id)).toEqual([id]);
      expect(directory.change(id, { name: "Anna B" }).status).toBe(status);
    }
    expect(directory.list({ limit: 9, status: "left" })).toEqual([]);
  });

  test("null takes away what it names, and nothing else", () => {
    using subject = make();
    const { directory } = subject;
    const { id } = directory.add({ ...anna, number: "7", note: "n" });
    for (const change of [{ note: null }, { number: null }] satisfies CardholderChange[]) {
      const name = Object.keys(change)[0] ?? "";
      expect(directory.get(id)).toHaveProperty(name);
      expect(directory.change(id, change)).not.toHaveProperty(name);
    }
    expect(directory.get(id)).toMatchObject(anna);
  });
}

function cardStates(make: () => DirectoryUnderTest): void {
  test("A5: a duress card and its label come back, and its replacement is one too", () => {
    using subject = make();
    const { directory } = subject;
    const { id } = directory.add(anna);
    const card = directory.issueCard(id, "9001", "raw", { duress: true, label: "in the wallet" });
    expect(card).toMatchObject({ duress: true, label: "in the wallet", status: "active" });
    expect(directory.findByCard("9001")?.card).toEqual(card);
    expect(directory.replaceCard("9001", "9002")).toMatchObject({ duress: true, label: "in the wallet" });
    expect(directory.issueCard(id, "9003", "raw")).toMatchObject({ duress: false });
  });

  test("a card is suspended and active again; what is lost or revoked stays so", () => {
    using subject = make();
    const { directory } = subject;
    const { id } = directory.add(anna);
    directory.issueCard(id, "1", "raw");
    for (const status of ["suspended", "active", "revoked"] as const) {
      expect(directory.setCardStatus("1", status).status).toBe(status);
      expect(directory.findByCard("1")?.card.status).toBe(status);
    }
    directory.issueCard(id, "2", "raw");
    directory.reportLost("2");
    for (const number of ["1", "2"])
      for (const status of ["active", "suspended", "revoked"] as const)
        expect(refusalOf(() => directory.setCardStatus(number, status))).toBe("cardNotActive");
    expect(directory.findByCard("2")?.card.status).toBe("lost");
    expect(refusalOf(() => directory.setCardStatus("3", "active"))).toBe("notFound");
  });
}

function pins(make: () => DirectoryUnderTest): void {
  test("hashes of PINs come back for their person, and go with them; a list tells only that there is one", () => {
    using subject = make();
    const { directory } = subject;
    const [one, other] = [directory.add(anna).id, directory.add(anna).id];
    directory.setPin(one, { pin: "$argon2id$one", duressPin: "$argon2id$two" });
    directory.setPin(other, { pin: "$argon2id$three" });
    expect(directory.pins(one)).toEqual({ pin: "$argon2id$one", duressPin: "$argon2id$two" });
    expect(directory.pins(other)).toEqual({ pin: "$argon2id$three", duressPin: undefined });
    expect(directory.get(one)?.hasPin).toBe(true);
    expect(JSON.stringify([directory.list({ limit: 9 }), directory.get(one)])).not.toContain("argon2");
    directory.setPin(one, undefined);
    expect(directory.pins(one)).toEqual({ pin: undefined, duressPin: undefined });
    expect(directory.get(one)?.hasPin).toBe(false);
    directory.remove(other);
    expect(directory.pins(other)).toEqual({ pin: undefined, duressPin: undefined });
    expect(refusalOf(() => directory.setPin("nobody", { pin: "x" }))).toBe("notFound");
  });

  test("work that throws leaves the PIN of before", () => {
    using subject = make();
    const { directory } = subject;
    const { id } = directory.add(anna);
    directory.setPin(id, { pin: "before" });
    const attempt = (): void =>
      directory.transact(() => {
        directory.setPin(id, { pin: "after" });
        throw new Error("the record could not be written");
      });
    expect(attempt).toThrow("the record could not be written");
    expect(directory.pins(id).pin).toBe("before");
  });
}

function appearances(make: () => DirectoryUnderTest): void {
  test("a photo keeps the appearance it was taken in, and so does its template", () => {
    using subject = make();
    const { directory } = subject;
    const { id } = directory.add(anna);
    directory.addPhoto(id, photo(1));
    const glasses = directory.addPhoto(id, { ...photo(2), appearance: "glasses" });
    expect(glasses.appearance).toBe("glasses");
    expect(directory.get(id)?.photos.map((one) => one.appearance)).toEqual(["usual", "glasses"]);
    expect(directory.templates(id, "model-a").map((one) => one.appearance)).toEqual(["usual", "glasses"]);
  });

  test("a person has few appearances: each is one more chance to be taken for them", () => {
    using subject = make();
    const { directory } = subject;
    const { id } = directory.add(anna);
    const made = Array.from({ length: directoryLimits.appearances }, (_, n) =>
      directory.addPhoto(id, { ...photo(n), appearance: `look-${n}` }),
    );
    const another = { ...photo(9), appearance: "another" };
    expect(refusalOf(() => directory.addPhoto(id, another))).toBe("tooManyAppearances");
    directory.addPhoto(id, { ...photo(8), appearance: "look-0" });
    directory.removePhoto(id, idOf(made[1]));
    expect(directory.addPhoto(id, another).appearance).toBe("another");
  });
}

function finding(make: () => DirectoryUnderTest): void {
  test("a search finds parts of names, of card and personnel numbers, however written", () => {
    using subject = make();
    const { directory } = subject;
    const { id } = directory.add({ ...anna, name: "Ann Müller 王小明", number: "PX-00731" });
    directory.issueCard(id, "55500123", "raw");
    directory.add({ ...anna, name: "Somebody Else", number: "PX-00999" });
    const found = (search: string): string[] => directory.list({ limit: 10, search }).map((one) => one.name);
    for (const text of [
      "müller",
      "MÜLLER",
      "Ｍüll",
      "王小明",
      "小明",
      "明",
      "px-00731",
      "00731",
      "555001",
      "n m",
    ])
      expect(found(text), text).toEqual(["Ann Müller 王小明"]);
    for (const text of ["Müller PX", "0073155500123", "*", '"', "müller OR else", "王明"])
      expect(found(text), text).toEqual([]);
    directory.change(id, { name: "Ann Meier", number: null });
    expect(
      [found("müller"), found("00731"), found("meier"), found("555001")].map((one) => one.length),
    ).toEqual([0, 0, 1, 1]);
    directory.remove(id);
    expect(found("meier")).toEqual([]);
  });

  test("a group, a level, a kind and a status narrow down, together with a search and page after page", () => {
    using subject = make();
    const { directory } = subject;
    const host = directory.add({ ...anna, name: "Host", groups: [], accessLevels: [] }).id;
    const added = Array.from({ length: 12 }, (_, n) =>
      directory.add({
        name: `Person ${n}`,
        groups: n % 2 === 0 ? ["even", "all"] : ["all"],
        accessLevels: n % 3 === 0 ? ["vault"] : [],
        ...(n === 6 ? { kind: "visitor" as const, host } : {}),
      }),
    );
    const found = (filter: Omit<DirectoryPage, "limit">): number[] => {
      const seen: string[] = [];
      for (let after: string | undefined; ; ) {
        const page = directory.list({ ...filter, limit: 2, ...(after === undefined ? {} : { after }) });
        seen.push(...page.map(({ id }) => id));
        after = page.at(-1)?.id;
        if (after === undefined) break;
      }
      return seen.map((id) => added.findIndex((one) => one.id === id)).toSorted((one, other) => one - other);
    };
    expect(found({ group: "even" })).toEqual([0, 2, 4, 6, 8, 10]);
    expect(found({ accessLevel: "vault" })).toEqual([0, 3, 6, 9]);
    expect(found({ group: "even", accessLevel: "vault" })).toEqual([0, 6]);
    expect(found({ group: "even", search: "person 1" })).toEqual([10]);
    expect(found({ search: "person 1" })).toEqual([1, 10, 11]);
    expect(found({ search: "1" })).toEqual([1, 10, 11]);
    expect(found({ kind: "visitor" })).toEqual([6]);
    expect(found({ group: "all", kind: "staff", search: "per" })).toHaveLength(11);
    expect(found({ group: "eve" })).toEqual([]);
    directory.change(idOf(added[4]), { groups: ["all"], status: "suspended" });
    expect(found({ group: "even" })).toEqual([0, 2, 6, 8, 10]);
    expect(found({ group: "all", status: "suspended" })).toEqual([4]);
  });
}

/** Consents, groups, and whose photos will do. */
function enrolment(make: () => DirectoryUnderTest): void {
  const agreed = {
    wording: "2026-11",
    language: "zh",
    form: "atDesk",
    at: wallTime(70),
    operator: "li.na",
  } as const;

  test("§7: a consent stays through every other change until it is withdrawn", () => {
    using subject = make();
    const { directory } = subject;
    const { id } = directory.add(anna);
    expect(directory.get(id)).not.toHaveProperty("consent");
    directory.setConsent(id, agreed);
    directory.change(id, { name: "Anna B", note: "moved" });
    directory.issueCard(id, "1001", "raw");
    expect(directory.get(id)?.consent).toEqual(agreed);
    directory.setConsent(id, { ...agreed, wording: "2027-01" });
    expect(directory.list({ limit: 9 })[0]?.consent?.wording).toBe("2027-01");
    directory.setConsent(id, undefined);
    expect(directory.get(id)).not.toHaveProperty("consent");
    expect(refusalOf(() => directory.setConsent("nobody", agreed))).toBe("notFound");
  });

  test("groups are those that somebody is in, with how many", () => {
    using subject = make();
    const { directory } = subject;
    expect(directory.groups()).toEqual([]);
    const { id } = directory.add({ ...anna, groups: ["manager", "custodian"] });
    directory.add({ ...anna, groups: ["manager"] });
    expect(directory.groups()).toEqual([
      { name: "custodian", members: 1 },
      { name: "manager", members: 2 },
    ]);
    directory.change(id, { groups: [] });
    expect(directory.groups()).toEqual([{ name: "manager", members: 1 }]);
  });

  test("whose photos lack something is found as they come and go", () => {
    using subject = make();
    const { directory } = subject;
    const [one, other] = [directory.add(anna).id, directory.add(anna).id];
    const found = (state: "enough" | "lacking") =>
      directory.list({ limit: 9, enrolment: state }).map(({ id }) => id);
    const turned = (yaw: number) => directory.addPhoto(one, { ...photo(1), quality: { yaw, glasses: 0 } }).id;
    turned(0);
    const side = turned(12);
    expect(found("lacking")).toEqual([one, other].toSorted());
    turned(-1);
    expect(found("enough")).toEqual([one]);
    expect(found("lacking")).toEqual([other]);
    directory.removePhoto(one, side);
    expect(found("enough")).toEqual([]);
  });
}
