import { expect, test } from "vitest";
import { anna, type DirectoryUnderTest, refusalOf } from "./directory-under-test.ts";

/** People who come to be all at once. */
export function imports(make: () => DirectoryUnderTest): void {
  const person = (n: number) => ({
    ...anna,
    name: `Imported ${n}`,
    number: `I-${n}`,
    cards: [{ number: `88${n}`, format: "raw" }],
  });

  test("people of an import are nobody until it completes, and then all of them are there", () => {
    using subject = make();
    const { directory } = subject;
    const before = directory.add(anna).id;
    const under = directory.beginImport();
    const ids = [...under.add([person(1), person(2)]), ...under.add([person(3)])];
    const seen = () => [
      directory.count(),
      directory.list({ limit: 9 }).length,
      directory.list({ limit: 9, search: "imported" }).length,
      directory.list({ limit: 9, search: "im" }).length,
      directory.list({ limit: 9, group: "manager" }).length,
      ids.filter((id) => directory.get(id) !== undefined).length,
      [1, 2, 3].filter((n) => directory.findByCard(`88${n}`) !== undefined).length,
      [1, 2, 3].filter((n) => directory.findByNumber(`I-${n}`) !== undefined).length,
    ];
    expect(seen()).toEqual([1, 1, 0, 0, 1, 0, 0, 0]);
    expect(directory.groups()).toEqual([{ name: "manager", members: 1 }]);
    directory.transact(() => under.complete());
    expect(seen()).toEqual([4, 4, 3, 3, 4, 3, 3, 3]);
    expect(directory.groups()).toEqual([{ name: "manager", members: 4 }]);
    expect(directory.findByCard("882")?.cardholder).toMatchObject({
      ...anna,
      id: ids[1],
      name: "Imported 2",
      number: "I-2",
      kind: "staff",
      status: "active",
      hasPin: false,
      cards: [{ number: "882", format: "raw", status: "active", duress: false }],
      photos: [],
    });
    expect(directory.get(before)).toMatchObject(anna);
  });

  test("an import that is abandoned leaves nothing, and its numbers are free", () => {
    using subject = make();
    const { directory } = subject;
    const under = directory.beginImport();
    under.add([person(1), person(2), person(3)]);
    expect([under.abandon(2), under.abandon(2), under.abandon(2)]).toEqual([true, true, false]);
    expect(directory.count()).toBe(0);
    const other = directory.add({ ...anna, number: "I-1" });
    expect(directory.issueCard(other.id, "881", "raw").status).toBe("active");
  });

  test("an import is refused what is somebody's, and brings visitors with their hosts", () => {
    using subject = make();
    const { directory } = subject;
    const taken = directory.add({ ...anna, number: "I-1" });
    directory.issueCard(taken.id, "882", "raw");
    const under = directory.beginImport();
    expect(refusalOf(() => under.add([person(1)]))).toBe("numberTaken");
    expect(refusalOf(() => under.add([person(3), person(2)]))).toBe("cardNumberTaken");
    const [host] = under.add([person(3)]);
    const visitor = { ...person(4), kind: "visitor" as const, host: host ?? "" };
    expect(refusalOf(() => under.add([{ ...visitor, host: "nobody" }]))).toBe("unknownHost");
    const [id] = under.add([visitor]);
    under.complete();
    expect(directory.get(id ?? "")).toMatchObject({ kind: "visitor", host });
  });
}
