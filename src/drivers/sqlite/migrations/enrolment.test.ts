import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { enrolmentOf } from "../../../domain/biometric/enrolment.ts";
import { directorySchema } from "../schema.ts";

/** Figures of each person's photos, as a site that was enrolled before has them. */
const people: Readonly<Record<string, readonly Readonly<Record<string, number>>[]>> = {
  enough: [{ yaw: 0, glasses: 0 }, { yaw: 9 }, { yaw: 3, glasses: 1 }],
  nodding: [
    { yaw: 0, pitch: -4, glasses: 0.1 },
    { yaw: 1, pitch: 5, glasses: 0.9 },
    { yaw: 2, pitch: 0, glasses: 0.9 },
  ],
  two: [{ yaw: 0 }, { yaw: 20 }],
  frontal: [{ yaw: 0 }, { yaw: 7.9 }, { yaw: 2 }],
  glasses: [
    { yaw: 0, glasses: 0.5 },
    { yaw: 9, glasses: 0.9 },
    { yaw: 3, glasses: 0.7 },
  ],
  unmeasured: [{ sharpness: 1 }, { sharpness: 2 }, { sharpness: 3 }],
};

test("whose photos will do is known of those, too, who were enrolled before it was kept", () => {
  const { migrations } = directorySchema;
  const added = migrations.findIndex((sql) => sql.includes("CREATE TABLE well_enrolled"));
  const database = new Database(":memory:");
  for (const sql of migrations.slice(0, added)) database.exec(sql);
  for (const [id, photos] of Object.entries(people)) {
    database
      .prepare(
        "INSERT INTO cardholders (id, name, groups, access_levels, status, created_at) VALUES (?, ?, '[]', '[]', 'active', 0)",
      )
      .run(id, id);
    for (const [place, quality] of photos.entries())
      database
        .prepare(
          "INSERT INTO photos (id, cardholder, taken_at, place, quality, jpeg) VALUES (?, ?, 0, ?, ?, x'00')",
        )
        .run(`${id}${place}`, id, place, JSON.stringify(quality));
  }
  database.exec(migrations[added] ?? "");
  const kept = database.prepare("SELECT cardholder FROM well_enrolled ORDER BY cardholder").pluck().all();
  expect(kept).toEqual(
    Object.keys(people)
      .filter((id) => enrolmentOf(people[id] ?? []).enough)
      .toSorted(),
  );
  expect(kept).toEqual(["enough", "nodding"]);
});
