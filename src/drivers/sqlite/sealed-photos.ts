import { enrolmentOf } from "../../domain/biometric/enrolment.ts";
import { wallTime } from "../../domain/time.ts";
import { type Cipher, SealBroken } from "../../ports/cipher.ts";
import type { Clock } from "../../ports/clock.ts";
import type { NewPhoto, PhotoSummary, Template } from "../../ports/directory.ts";
import { usualAppearance } from "../../ports/directory-checks.ts";
import { StorageFault } from "../../ports/journal.ts";
import type { Connection } from "./connection.ts";
import { appearanceOfPhoto } from "./directory-rows.ts";
import { orderedId } from "./ordered-id.ts";

const keyCheckText = "vestibule";

/** Photos and templates: sealed, each to the person, the photo and the model it belongs to. */
export function prepareSealedPhotos(connection: Connection, cipher: Cipher, clock: Pick<Clock, "wall">) {
  requireSameKey(connection, cipher);
  const insertPhoto = connection.prepare<[string, string, number, string, string, Uint8Array]>(
    `INSERT INTO photos (id, cardholder, taken_at, place, quality, jpeg)
       VALUES (?, ?, ?, (SELECT coalesce(max(place), 0) + 1 FROM photos WHERE cardholder = ?), ?, ?)`,
  );
  const insertTemplate = connection.prepare<[string, string, Uint8Array]>(
    "INSERT INTO templates (photo, model, descriptor) VALUES (?, ?, ?)",
  );
  const insertAppearance = connection.prepare<[string, string]>(
    "INSERT INTO appearances (photo, appearance) VALUES (?, ?)",
  );
  const jpegOf = connection
    .prepare<[string, string], Buffer>("SELECT jpeg FROM photos WHERE id = ? AND cardholder = ?")
    .pluck();
  const templatesOf = connection.prepare<
    [string, string],
    { photo: string; descriptor: Buffer; appearance: string }
  >(
    `SELECT templates.photo, templates.descriptor, ${appearanceOfPhoto} FROM photos JOIN templates ON templates.photo = photos.id
       WHERE photos.cardholder = ? AND templates.model = ? ORDER BY photos.place`,
  );
  const remove = connection.prepare<[string, string]>("DELETE FROM photos WHERE id = ? AND cardholder = ?");
  const noteEnrolment = prepareEnrolmentNote(connection);

  return {
    add(person: string, photo: NewPhoto): PhotoSummary {
      const { jpeg, quality, second, appearance = usualAppearance, ...first } = photo;
      const takenAt = wallTime(clock.wall());
      const id = orderedId(takenAt);
      const picture = cipher.seal(jpeg, photoBinding(person, id));
      insertPhoto.run(id, person, takenAt, person, JSON.stringify(quality), picture);
      if (appearance !== usualAppearance) insertAppearance.run(id, appearance);
      for (const { model, descriptor } of [first, ...(second === undefined ? [] : [second])])
        insertTemplate.run(id, model, sealedTemplate(cipher, person, id, model, descriptor));
      noteEnrolment(person);
      return { id, takenAt, quality, appearance };
    },
    jpeg(person: string, photo: string): Uint8Array | undefined {
      const sealed = jpegOf.get(photo, person);
      return sealed && unsealed(cipher, sealed, photoBinding(person, photo));
    },
    templates(person: string, model: string): Template[] {
      return templatesOf.all(person, model).map(({ photo, appearance, descriptor }) => {
        const plain = unsealed(cipher, descriptor, templateBinding(person, photo, model));
        return { photo, appearance, model, descriptor: descriptorOf(plain) };
      });
    },
    remove(person: string, photo: string): boolean {
      const removed = remove.run(photo, person).changes > 0;
      if (removed) noteEnrolment(person);
      return removed;
    },
  };
}

/** To be called after every change of a person's photos: whether they will do. */
function prepareEnrolmentNote(connection: Connection): (person: string) => void {
  const qualities = connection
    .prepare<[string], string>("SELECT quality FROM photos WHERE cardholder = ?")
    .pluck();
  const enough = connection.prepare<[string]>("INSERT OR IGNORE INTO well_enrolled (cardholder) VALUES (?)");
  const lacking = connection.prepare<[string]>("DELETE FROM well_enrolled WHERE cardholder = ?");
  return (person) => {
    // Written by this driver alone, from values of this type.
    const figures: Record<string, number>[] = qualities.all(person).map((json) => JSON.parse(json));
    (enrolmentOf(figures).enough ? enough : lacking).run(person);
  };
}

export const sealedTemplate = (
  cipher: Cipher,
  person: string,
  photo: string,
  model: string,
  descriptor: Float32Array,
): Uint8Array => cipher.seal(bytesOf(descriptor), templateBinding(person, photo, model));

export const photoBinding = (person: string, photo: string): string[] => ["photo", person, photo];
export const templateBinding = (person: string, photo: string, model: string): string[] => [
  "template",
  person,
  photo,
  model,
];

export function unsealed(cipher: Cipher, sealed: Uint8Array, binding: readonly string[]): Uint8Array {
  try {
    return cipher.open(sealed, binding);
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    const [kind, person, photo] = binding;
    throw new StorageFault(`${kind} ${photo} of ${person} was altered: remove it and enrol again`, {
      cause: error,
    });
  }
}

/** Says at start, not at the first passage, that this is not the key everything was sealed with. */
function requireSameKey(connection: Connection, cipher: Cipher): void {
  const sealed = connection.prepare<[], Buffer>("SELECT sealed FROM key_check").pluck().get();
  if (sealed === undefined) {
    writeKeyCheck(connection, cipher);
    return;
  }
  try {
    cipher.open(sealed, ["key check"]);
  } catch (error) {
    throw new StorageFault("photos and templates were sealed with another key: restore that key", {
      cause: error,
    });
  }
}

export function writeKeyCheck(connection: Connection, cipher: Cipher): void {
  const made = cipher.seal(Buffer.from(keyCheckText), ["key check"]);
  connection
    .prepare<[Uint8Array]>("INSERT OR REPLACE INTO key_check (only_row, sealed) VALUES (1, ?)")
    .run(made);
}

const bytesOf = (descriptor: Float32Array): Uint8Array =>
  new Uint8Array(descriptor.buffer, descriptor.byteOffset, descriptor.byteLength);

/** Copied, because 32-bit numbers must begin at a multiple of four. Little-endian, as every machine we run on. */
export const descriptorOf = (bytes: Uint8Array): Float32Array =>
  new Float32Array(Uint8Array.from(bytes).buffer);
