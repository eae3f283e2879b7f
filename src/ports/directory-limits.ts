import { mostAppearances } from "../domain/biometric/enrolled-face.ts";

/** What one cardholder may have; beyond it the directory refuses. */
export const directoryLimits = {
  photos: 10,
  /** Cards that may be presented: active or suspended. */
  usableCards: 10,
  /** All cards ever issued to one person and still on record, lost and revoked ones too. */
  cards: 100,
  cardNumberLength: 64,
  /** Each one more is one more chance for somebody else to be taken for this person. */
  appearances: mostAppearances,
  appearanceLength: 32,
  labelLength: 64,
  personnelNumberLength: 64,
  noteLength: 1_000,
  nameLength: 200,
  /** Groups, and access levels, each. */
  memberships: 32,
  jpegBytes: 8 * 1024 * 1024,
  listed: 500,
} as const;
