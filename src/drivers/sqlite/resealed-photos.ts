import { type Cipher, isSealedNow, type Resealing } from "../../ports/cipher.ts";
import type { Connection } from "./connection.ts";
import { photoBinding, templateBinding, unsealed, writeKeyCheck } from "./sealed-photos.ts";

interface SealedRow {
  readonly id: string;
  readonly cardholder: string;
  readonly model: string;
  readonly sealed: Buffer;
}

/** Photos first, templates second, and the key check at the end: it tells which key everything else is under. */
type Part = "photos" | "templates" | "done";

/** A pass over all photos and templates. Each call of `next` is one transaction. */
export function resealPhotos(connection: Connection, cipher: Cipher): Resealing {
  const all = Number(
    connection
      .prepare("SELECT (SELECT count(*) FROM photos) + (SELECT count(*) FROM templates)")
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
  const putPhoto = connection.prepare<[Uint8Array, string]>("UPDATE photos SET jpeg = ? WHERE id = ?");
  const putTemplate = connection.prepare<[Uint8Array, string, string]>(
    "UPDATE templates SET descriptor = ? WHERE photo = ? AND model = ?",
  );
  let part: Part = "photos";
  let after = { id: "", model: "" };

  const rows = (most: number): readonly SealedRow[] => {
    if (part === "photos") {
      const found = photos.all(after.id, most);
      if (found.length > 0) return found;
      part = "templates";
      after = { id: "", model: "" };
    }
    return part === "templates" ? templates.all(after.id, after.model, most) : [];
  };

  const reseal = ({ id, cardholder, model, sealed }: SealedRow): void => {
    const isPhoto = part === "photos";
    const binding = isPhoto ? photoBinding(cardholder, id) : templateBinding(cardholder, id, model);
    const anew = cipher.seal(unsealed(cipher, sealed, binding), binding);
    if (isPhoto) putPhoto.run(anew, id);
    else putTemplate.run(anew, id, model);
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
