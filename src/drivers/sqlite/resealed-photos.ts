import { type Cipher, isSealedNow, type Resealing } from "../../ports/cipher.ts";
import type { Connection } from "./connection.ts";
import { photoBinding, templateBinding, unsealed, writeKeyCheck } from "./sealed-photos.ts";
import { pinsBinding } from "./sealed-pins.ts";

interface SealedRow {
  readonly id: string;
  readonly cardholder: string;
  readonly model: string;
  readonly sealed: Buffer;
}

/** Photos first, then templates and PINs, and the key check at the end: it tells which key everything else is under. */
type Part = "photos" | "templates" | "pins" | "done";

/** A pass over all photos, templates and PINs. Each call of `next` is one transaction. */
export function resealPhotos(connection: Connection, cipher: Cipher): Resealing {
  const all = Number(
    connection
      .prepare(
        "SELECT (SELECT count(*) FROM photos) + (SELECT count(*) FROM templates) + (SELECT count(*) FROM pins)",
      )
      .pluck()
      .get(),
  );
  const photos = connection.prepare<[string, number], SealedRow>(
    "SELECT id, cardholder, '' AS model, jpeg AS sealed FROM photos WHERE id > ? ORDER BY id LIMIT ?",
  );
  const templates = connection.prepare<[string, string, number], SealedRow>(
    `SELECT templates.photo AS id, photos.cardholder, templates.model, templates.descriptor AS sealed
       FROM templates JOIN photos ON photos.id = templates.photo
       WHERE (templates.photo, templates.model) > (?, ?) ORDER BY templates.photo, templates.model LIMIT ?`,
  );
  const pins = connection.prepare<[string, number], SealedRow>(
    "SELECT cardholder AS id, cardholder, '' AS model, sealed FROM pins WHERE cardholder > ? ORDER BY cardholder LIMIT ?",
  );
  const putPins = connection.prepare<[Uint8Array, string]>("UPDATE pins SET sealed = ? WHERE cardholder = ?");
  const putPhoto = connection.prepare<[Uint8Array, string]>("UPDATE photos SET jpeg = ? WHERE id = ?");
  const putTemplate = connection.prepare<[Uint8Array, string, string]>(
    "UPDATE templates SET descriptor = ? WHERE photo = ? AND model = ?",
  );
  let part: Part = "photos";
  let after = { id: "", model: "" };

  const rowsOf = (most: number): readonly SealedRow[] => {
    switch (part) {
      case "photos":
        return photos.all(after.id, most);
      case "templates":
        return templates.all(after.id, after.model, most);
      case "pins":
        return pins.all(after.id, most);
      case "done":
        return [];
    }
  };

  const rows = (most: number): readonly SealedRow[] => {
    let found = rowsOf(most);
    for (const next of ["templates", "pins"] as const) {
      if (found.length > 0 || part === "pins" || part === "done") return found;
      if (part === next) continue;
      part = next;
      after = { id: "", model: "" };
      found = rowsOf(most);
    }
    return found;
  };

  const bindingOf = ({ id, cardholder, model }: SealedRow): string[] => {
    if (part === "photos") return photoBinding(cardholder, id);
    return part === "templates" ? templateBinding(cardholder, id, model) : pinsBinding(cardholder);
  };

  const reseal = (row: SealedRow): void => {
    const { id, model, sealed } = row;
    const binding = bindingOf(row);
    const anew = cipher.seal(unsealed(cipher, sealed, binding), binding);
    if (part === "photos") putPhoto.run(anew, id);
    else if (part === "templates") putTemplate.run(anew, id, model);
    else putPins.run(anew, id);
  };

  return {
    all,
    next: (most) =>
      connection
        .transaction(() => {
          const found = rows(most);
          const due = found.filter(({ sealed }) => !isSealedNow(cipher, sealed));
          for (const row of due) reseal(row);
          const last = found.at(-1);
          if (last !== undefined) after = { id: last.id, model: last.model };
          else if (part !== "done") {
            part = "done";
            writeKeyCheck(connection, cipher);
          }
          return { looked: found.length, resealed: due.length };
        })
        .immediate(),
  };
}
