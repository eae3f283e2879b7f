import type { AlarmRecord } from "../domain/alarm/alarm.ts";
import { isShelvable, needsComment } from "../domain/alarm/kinds.ts";
import { enrolmentOf } from "../domain/biometric/enrolment.ts";
import type { WallTime } from "../domain/time.ts";
import type { Card, Cardholder, PhotoSummary } from "../ports/directory.ts";
import { inWords } from "./enrolment-words.ts";

// Outside, every wall time is ISO 8601 in UTC; inside it is a number.

export function alarmView(alarm: AlarmRecord) {
  const { acknowledged, shelved, comments } = alarm;
  return {
    id: alarm.id,
    type: alarm.type,
    priority: alarm.priority,
    phase: alarm.phase,
    vestibule: alarm.place.vestibule ?? null,
    place: { ...alarm.place },
    since: iso(alarm.since),
    count: alarm.count,
    evidence: [...alarm.evidence],
    detail: alarm.detail,
    acknowledged: acknowledged === null ? null : { ...acknowledged, at: iso(acknowledged.at) },
    shelved: shelved === null ? null : { ...shelved, at: iso(shelved.at), until: iso(shelved.until) },
    comments: comments.map((comment) => ({ ...comment, at: iso(comment.at) })),
    shelvable: isShelvable(alarm),
    needsComment: needsComment(alarm.type),
  };
}

export function cardholderView(cardholder: Cardholder) {
  return {
    id: cardholder.id,
    name: cardholder.name,
    number: cardholder.number ?? null,
    kind: cardholder.kind,
    groups: [...cardholder.groups],
    accessLevels: [...cardholder.accessLevels],
    status: cardholder.status,
    validFrom: isoOrNull(cardholder.validFrom),
    validUntil: isoOrNull(cardholder.validUntil),
    host: cardholder.host ?? null,
    operator: cardholder.operator ?? null,
    note: cardholder.note ?? null,
    hasPin: cardholder.hasPin,
    consent: consentView(cardholder),
    cards: cardholder.cards.map(cardView),
    photos: cardholder.photos.map(photoView),
    createdAt: iso(cardholder.createdAt),
    enrolment: enrolmentView(cardholder),
  };
}

function consentView({ consent }: Cardholder) {
  return consent === undefined ? null : { ...consent, at: iso(consent.at) };
}

function enrolmentView({ photos }: Cardholder) {
  const { missing, ...facts } = enrolmentOf(photos.map(({ quality }) => quality));
  return { ...facts, missing: inWords(missing) };
}

export const cardView = (card: Card) => ({
  number: card.number,
  format: card.format,
  status: card.status,
  issuedAt: iso(card.issuedAt),
  duress: card.duress,
  label: card.label ?? null,
});

export const photoView = (photo: PhotoSummary) => ({
  id: photo.id,
  takenAt: iso(photo.takenAt),
  quality: { ...photo.quality },
  appearance: photo.appearance,
});

const iso = (time: WallTime): string => new Date(time).toISOString();
const isoOrNull = (time: WallTime | undefined): string | null => (time === undefined ? null : iso(time));
