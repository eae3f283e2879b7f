import { describe, expect, test } from "vitest";
import { wallTime } from "../../domain/time.ts";
import { directoryLimits } from "../directory-limits.ts";
import { imports } from "./directory-import.contract.ts";
import { people } from "./directory-people.contract.ts";
import { photos } from "./directory-photos.contract.ts";
import { anna, type DirectoryUnderTest, idOf, photo, refusalOf } from "./directory-under-test.ts";
import { hostileTexts } from "./hostile-texts.ts";

export function directoryContract(name: string, make: () => DirectoryUnderTest): void {
  describe(`Directory contract: ${name}`, () => {
    cardholders(make);
    cards(make);
    photos(make);
    people(make);
    imports(make);
  });
}

function cardholders(make: () => DirectoryUnderTest): void {
  test("a cardholder is found again as added", () => {
    using subject = make();
    subject.setWall(wallTime(1_000));
    const added = subject.directory.add({ ...anna, validFrom: wallTime(5), validUntil: wallTime(9.5) });
    expect(added).toEqual({
      ...anna,
      id: added.id,
      kind: "staff",
      hasPin: false,
      status: "active",
      validFrom: 5,
      validUntil: 9.5,
      cards: [],
      photos: [],
      createdAt: 1_000,
    });
    expect(subject.directory.get(added.id)).toEqual(added);
    expect(subject.directory.count()).toBe(1);
    expect(subject.directory.get("nobody")).toBeUndefined();
  });

  test("a change touches what it names, and null takes a date away", () => {
    using subject = make();
    const { id } = subject.directory.add({ ...anna, validUntil: wallTime(9) });
    const changed = subject.directory.change(id, { status: "suspended", groups: [], validFrom: wallTime(3) });
    expect(changed).toMatchObject({ ...anna, groups: [], status: "suspended", validFrom: 3, validUntil: 9 });
    const undated = subject.directory.change(id, { name: "Anna B", validUntil: null });
    expect(undated).not.toHaveProperty("validUntil");
    expect(undated).toMatchObject({ name: "Anna B", validFrom: 3, status: "suspended" });
    expect(subject.directory.get(id)).toEqual(undated);
  });

  test("pages list everybody once, and search looks at name, id and card number", () => {
    using subject = make();
    const added = Array.from({ length: 7 }, (_, n) =>
      subject.directory.add({ ...anna, name: `Person ${n}` }),
    );
    subject.directory.issueCard(idOf(added[3]), "770042", "raw");
    const seen: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = subject.directory.list({ limit: 3, ...(after === undefined ? {} : { after }) });
      seen.push(...page.map(({ id }) => id));
      after = page.at(-1)?.id;
      if (after === undefined) break;
    }
    expect(seen.toSorted()).toEqual(added.map(({ id }) => id).toSorted());
    const found = (search: string): string[] =>
      subject.directory.list({ limit: 10, search }).map((one) => one.name);
    expect(found("person 5")).toEqual(["Person 5"]);
    expect(found("7004")).toEqual(["Person 3"]);
    expect(found(idOf(added[2]))).toEqual(["Person 2"]);
    expect(found("%")).toEqual([]);
    expect(found("")).toHaveLength(7);
    for (const limit of [0, 1.5, directoryLimits.listed + 1]) {
      expect(() => subject.directory.list({ limit })).toThrow(RangeError);
    }
  });

  test("removing takes photos, templates, cards and the name; the card number is free again", () => {
    using subject = make();
    const { directory } = subject;
    const { id } = directory.add(anna);
    directory.issueCard(id, "1001", "raw");
    const { id: picture } = directory.addPhoto(id, photo(1));
    directory.remove(id);
    expect(directory.get(id)).toBeUndefined();
    expect(directory.photo(id, picture)).toBeUndefined();
    expect(directory.templates(id, "model-a")).toEqual([]);
    expect(directory.findByCard("1001")).toBeUndefined();
    expect(directory.issueCard(directory.add(anna).id, "1001", "raw").status).toBe("active");
  });

  test("what is not there is refused as notFound", () => {
    using subject = make();
    const { directory } = subject;
    const { id } = directory.add(anna);
    for (const attempt of [
      () => directory.change("nobody", {}),
      () => directory.remove("nobody"),
      () => directory.issueCard("nobody", "1", "raw"),
      () => directory.reportLost("1"),
      () => directory.replaceCard("1", "2"),
      () => directory.addPhoto("nobody", photo(1)),
      () => directory.removePhoto(id, "none"),
    ]) {
      expect(refusalOf(attempt)).toBe("notFound");
    }
  });

  test("T8: hostile text in every field comes back unchanged", () => {
    using subject = make();
    const { directory } = subject;
    for (const text of hostileTexts) {
      const { id } = directory.add({ name: text, groups: [text, "g"], accessLevels: [text] });
      directory.issueCard(id, text, text);
      const { id: picture } = directory.addPhoto(id, {
        ...photo(1, text),
        quality: JSON.parse(`{${JSON.stringify(text)}:1}`),
      });
      const found = directory.findByCard(text);
      expect(found?.card).toMatchObject({ number: text, format: text });
      expect(found?.cardholder).toMatchObject({ id, name: text, groups: [text, "g"], accessLevels: [text] });
      expect(Object.keys(found?.cardholder.photos[0]?.quality ?? {})).toEqual([text]);
      expect(directory.templates(id, text).map((one) => one.photo)).toEqual([picture]);
      expect(directory.list({ limit: 100, search: text }).map((one) => one.id)).toContain(id);
      expect(directory.get(text)).toBeUndefined();
      expect(directory.photo(text, text)).toBeUndefined();
    }
    expect(directory.count()).toBe(hostileTexts.length);
  });

  test("sizes beyond the limits are a bug of the caller", () => {
    using subject = make();
    const { id } = subject.directory.add(anna);
    const many = Array.from({ length: directoryLimits.memberships + 1 }, (_, n) => `g${n}`);
    for (const attempt of [
      () => subject.directory.add({ ...anna, name: "x".repeat(directoryLimits.nameLength + 1) }),
      () => subject.directory.change(id, { groups: many }),
      () => subject.directory.issueCard(id, "", "raw"),
      () => subject.directory.issueCard(id, "9".repeat(directoryLimits.cardNumberLength + 1), "raw"),
      () =>
        subject.directory.addPhoto(id, { ...photo(1), jpeg: new Uint8Array(directoryLimits.jpegBytes + 1) }),
    ]) {
      expect(attempt).toThrow(RangeError);
    }
    expect(subject.directory.get(id)).toMatchObject({ ...anna, cards: [], photos: [] });
  });
}

function cards(make: () => DirectoryUnderTest): void {
  test("a card leads to its cardholder, and its number is taken whatever its status", () => {
    using subject = make();
    const { directory } = subject;
    subject.setWall(wallTime(77));
    const { id } = directory.add(anna);
    expect(directory.issueCard(id, "1001", "wiegand26")).toEqual({
      number: "1001",
      format: "wiegand26",
      status: "active",
      issuedAt: 77,
      duress: false,
    });
    expect(directory.findByCard("1001")).toMatchObject({ cardholder: { id }, card: { status: "active" } });
    expect(directory.findByCard("1002")).toBeUndefined();
    const other = directory.add(anna).id;
    expect(refusalOf(() => directory.issueCard(other, "1001", "raw"))).toBe("cardNumberTaken");
    directory.replaceCard("1001", "1002");
    expect(refusalOf(() => directory.issueCard(other, "1001", "raw"))).toBe("cardNumberTaken");
  });

  test("A8: a lost card is lost at the next look-up, and stays so when it is replaced", () => {
    using subject = make();
    const { directory } = subject;
    const { id } = directory.add(anna);
    directory.issueCard(id, "1001", "wiegand26");
    directory.addPhoto(id, photo(1));
    expect(directory.reportLost("1001").status).toBe("lost");
    expect(directory.findByCard("1001")?.card.status).toBe("lost");
    expect(directory.reportLost("1001").status).toBe("lost"); // twice is no fault
    expect(directory.replaceCard("1001", "2001")).toMatchObject({
      number: "2001",
      format: "wiegand26",
      status: "active",
    });
    expect(directory.findByCard("2001")?.cardholder.cards.map((card) => card.status)).toEqual([
      "lost",
      "active",
    ]);
    expect(directory.templates(id, "model-a")).toHaveLength(1);
  });

  test("replacing a card in use revokes it, for good", () => {
    using subject = make();
    const { directory } = subject;
    const { id } = directory.add(anna);
    directory.issueCard(id, "1001", "raw");
    directory.replaceCard("1001", "1002");
    expect(directory.findByCard("1001")?.card.status).toBe("revoked");
    expect(refusalOf(() => directory.replaceCard("1001", "1003"))).toBe("cardNotActive");
    expect(refusalOf(() => directory.reportLost("1001"))).toBe("cardNotActive");
  });

  test("a replacement that is refused leaves the old card as it was", () => {
    using subject = make();
    const { directory } = subject;
    const { id } = directory.add(anna);
    directory.issueCard(id, "1001", "raw");
    directory.issueCard(id, "1002", "raw");
    expect(refusalOf(() => directory.replaceCard("1001", "1002"))).toBe("cardNumberTaken");
    expect(directory.findByCard("1001")?.card.status).toBe("active");
  });

  test("a person has a limited number of usable cards; lost ones do not count", () => {
    using subject = make();
    const { directory } = subject;
    const { id } = directory.add(anna);
    for (let n = 0; n < directoryLimits.usableCards; n++) directory.issueCard(id, `c${n}`, "raw");
    expect(refusalOf(() => directory.issueCard(id, "one more", "raw"))).toBe("tooManyCards");
    directory.reportLost("c0");
    expect(directory.issueCard(id, "one more", "raw").status).toBe("active");
  });
}
