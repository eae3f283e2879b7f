import { describe, expect, test } from "vitest";
import { wallTime } from "../../domain/time.ts";
import type { PresenceChange, PresenceStore, StoredPlace } from "../presence-store.ts";
import { hostileTexts } from "./hostile-texts.ts";

const place = (cardholder: string, seq: number, area: StoredPlace["area"] = "secure"): StoredPlace => ({
  cardholder,
  vestibule: "v1",
  area,
  since: wallTime(1_700_000_000_000.5),
  seq,
});

const change = (seq: number, more: Partial<PresenceChange>): PresenceChange => ({
  seq,
  hash: `hash of ${seq}`,
  summary: { version: 1, of: seq },
  cleared: false,
  places: [],
  removed: [],
  ...more,
});

const byPerson = (places: readonly StoredPlace[] | undefined): readonly StoredPlace[] =>
  (places ?? []).toSorted((a, b) => (a.cardholder < b.cardholder ? -1 : 1));

export function presenceStoreContract(
  name: string,
  make: () => { readonly presence: PresenceStore } & Disposable,
): void {
  describe(`PresenceStore contract: ${name}`, () => {
    test("nothing is there before anything was saved", () => {
      using subject = make();
      expect(subject.presence.load()).toBeUndefined();
    });

    test("what was saved is there, as of its record", () => {
      using subject = make();
      const places = [place("a", 3), place("b", 7, null), { ...place("c", 9, "outside"), vestibule: null }];
      subject.presence.save(change(9, { places }));
      const loaded = subject.presence.load();
      expect(loaded).toMatchObject({ seq: 9, hash: "hash of 9", summary: { version: 1, of: 9 } });
      expect(byPerson(loaded?.places)).toEqual(places);
    });

    test("a change replaces, adds and removes; whoever is not in it stays", () => {
      using subject = make();
      subject.presence.save(change(3, { places: [place("a", 1), place("b", 2), place("c", 3)] }));
      subject.presence.save(change(5, { places: [place("a", 4, "outside")], removed: ["b", "never was"] }));
      expect(byPerson(subject.presence.load()?.places)).toEqual([place("a", 4, "outside"), place("c", 3)]);
      expect(subject.presence.load()?.seq).toBe(5);
    });

    test("whatever was there goes before a change that begins anew", () => {
      using subject = make();
      subject.presence.save(change(3, { places: [place("a", 1), place("b", 2)] }));
      subject.presence.save(change(2, { cleared: true, places: [place("b", 2, "vestibule")] }));
      expect(subject.presence.load()?.places).toEqual([place("b", 2, "vestibule")]);
      expect(subject.presence.load()?.seq).toBe(2);
    });

    test("T8: whatever a name is, it is a name", () => {
      using subject = make();
      const places = hostileTexts.map((text, index) => place(`${index} ${text}`, index + 1));
      subject.presence.save(change(99, { places }));
      expect(byPerson(subject.presence.load()?.places)).toEqual(byPerson(places));
    });
  });
}
