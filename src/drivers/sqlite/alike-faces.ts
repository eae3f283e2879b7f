import type { AlikeFace } from "../../domain/biometric/alike.ts";
import type { Descriptor } from "../../domain/biometric/descriptor.ts";
import { distanceTo, type EnrolledDescriptor, enrolledFace } from "../../domain/biometric/enrolled-face.ts";
import type { Cipher } from "../../ports/cipher.ts";
import type { FaceSearch } from "../../ports/face-search.ts";
import { StorageFault } from "../../ports/journal.ts";
import { type Connection, openConnection } from "./connection.ts";
import { appearanceOfPhoto } from "./directory-rows.ts";
import { directoryFile } from "./open-database.ts";
import { directorySchema } from "./schema.ts";
import { descriptorOf, templateBinding, unsealed } from "./sealed-photos.ts";

const mostFound = 8;
/** Short reads: none of them holds up the checkpoints of a controller that is writing. */
const peopleAtOnce = 500;

interface Row {
  readonly cardholder: string;
  readonly photo: string;
  readonly descriptor: Buffer;
  readonly appearance: string;
}

/** Compares a descriptor with everybody's fused templates, of each appearance; through a connection of its own, for reading only. */
export function findAlikeIn(path: string, cipher: Cipher, search: FaceSearch): readonly AlikeFace[] {
  const connection = openConnection(directoryFile(path), directorySchema, { readonly: true });
  try {
    return everybodyAlike(connection, cipher, search);
  } finally {
    connection.close();
  }
}

function everybodyAlike(connection: Connection, cipher: Cipher, search: FaceSearch): readonly AlikeFace[] {
  const { model, except, limit } = search;
  const probe: Descriptor = { model, values: search.descriptor };
  const found: AlikeFace[] = [];
  for (const people of peopleOf(connection, model)) {
    for (const [cardholder, rows] of people) {
      if (cardholder === except) continue;
      const face = enrolledFace(rows.flatMap((row) => opened(cipher, row, model)));
      const distance = face && distanceTo(face, probe);
      if (distance !== undefined && distance <= limit) found.push({ cardholder, distance });
    }
  }
  return found.toSorted((one, other) => one.distance - other.distance).slice(0, mostFound);
}

/** Page after page, each person's templates together. */
function* peopleOf(connection: Connection, model: string): Generator<Map<string, Row[]>> {
  const idsAfter = connection
    .prepare<[string, number], string>("SELECT id FROM cardholders WHERE id > ? ORDER BY id LIMIT ?")
    .pluck();
  const templates = connection.prepare<[string, string, string], Row>(
    `SELECT photos.cardholder, photos.id AS photo, templates.descriptor, ${appearanceOfPhoto} FROM photos
       JOIN templates ON templates.photo = photos.id AND templates.model = ?
       WHERE photos.cardholder >= ? AND photos.cardholder <= ?`,
  );
  for (let last = ""; ; ) {
    const ids = idsAfter.all(last, peopleAtOnce);
    const [from, to] = [ids.at(0), ids.at(-1)];
    if (from === undefined || to === undefined) return;
    yield Map.groupBy(templates.all(model, from, to), ({ cardholder }) => cardholder);
    last = to;
  }
}

/** One altered template must not keep the others from being compared: its owner is told when the card is presented. */
function opened(
  cipher: Cipher,
  { cardholder, photo, descriptor, appearance }: Row,
  model: string,
): readonly EnrolledDescriptor[] {
  try {
    const plain = unsealed(cipher, descriptor, templateBinding(cardholder, photo, model));
    return [{ model, values: descriptorOf(plain), appearance }];
  } catch (error) {
    if (!(error instanceof StorageFault)) throw error;
    return [];
  }
}
