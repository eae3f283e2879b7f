import { wallTime } from "../../../src/domain/time.ts";
import type { Journal, JournalQuery } from "../../../src/ports/journal.ts";
import { type Figure, figure } from "../figures.ts";
import { began, cardOf, drawing, ended, people } from "./large-site.ts";

/** What the console asks for at once, and one more that tells whether there is more. */
const limit = 101;
const day = 86_400_000;
const target = 100;

/** Each kind of search with values of its own at each run; answers of up to 101 records. */
export function searches(
  journal: Pick<Journal, "query">,
  ids: readonly string[],
  times: number,
): readonly Figure[] {
  const draw = drawing(7);
  const one = <Value>(values: readonly Value[]): Value => values[draw(values.length)] as Value; // within bounds
  const person = (): Partial<JournalQuery> => ({
    cardholder: ids[draw(10) < 5 ? draw(500) : draw(ids.length)] ?? "",
  });
  const card = (): Partial<JournalQuery> => ({ card: cardOf(draw(10) < 5 ? draw(500) : draw(people)) });
  const door = (): Partial<JournalQuery> => ({ door: one(["outer", "inner"]) });
  const accessPoint = (): Partial<JournalQuery> => ({
    accessPoint: one(["outer-entry", "inner-entry", "inner-exit", "outer-exit"]),
  });
  const reason = (): Partial<JournalQuery> => ({
    reason: one(["faceMismatch", "noFace", "wrongPin", "lockdown"]),
  });
  const operator = (): Partial<JournalQuery> => ({ operator: one(["anna", "ben", "chen", "nobody"]) });
  const type = (): Partial<JournalQuery> => ({
    type: one(["AccessGranted", "AccessDenied", "DoorOpened", "CardReportedLost", "AlarmRaised"]),
  });
  const time = (): Partial<JournalQuery> => {
    const from = began + draw(360) * day;
    return { from: wallTime(from), to: wallTime(Math.min(ended, from + one([1, 7, 30, 180]) * day)) };
  };
  const place = (): Partial<JournalQuery> => ({ after: draw(1_000_000) });
  const parts = [person, card, door, accessPoint, reason, operator, type, time, place];
  const anything = (): Partial<JournalQuery> =>
    Object.assign({}, ...parts.map((part) => (draw(3) === 0 ? part() : {})));
  const measure = (what: string, asked: () => Partial<JournalQuery>): Figure => {
    const spent: number[] = [];
    for (let run = 0; run < times; run++) {
      const query = { limit, newestFirst: draw(2) === 0, ...asked() };
      const started = performance.now();
      journal.query(query);
      spent.push(performance.now() - started);
    }
    return figure(`search by ${what}`, spent, "ms", target, "p95");
  };
  return [
    measure("person", person),
    measure("card", card),
    measure("door", door),
    measure("reason", reason),
    measure("time", time),
    measure("operator", operator),
    measure("person, door and time", () => ({ ...person(), ...door(), ...time() })),
    measure("card and reason", () => ({ ...card(), ...reason() })),
    measure("reason, access point and time", () => ({ ...reason(), ...accessPoint(), ...time() })),
    measure("operator and type", () => ({ ...operator(), ...type() })),
    measure("any combination of all of them", anything),
  ];
}
