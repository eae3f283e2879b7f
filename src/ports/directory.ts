import type { WallTime } from "../domain/time.ts";

export type CredentialStatus = "active" | "lost" | "suspended" | "expired" | "revoked";

export interface Card {
  readonly number: string;
  readonly format: string;
  readonly status: CredentialStatus;
  readonly issuedAt: WallTime;
}

export interface Cardholder {
  readonly id: string;
  readonly name: string;
  readonly groups: readonly string[];
  /** Names of access levels, see the site's configuration. */
  readonly accessLevels: readonly string[];
  readonly status: "active" | "suspended";
  readonly validFrom?: WallTime;
  readonly validUntil?: WallTime;
  readonly cards: readonly Card[];
  readonly photos: readonly PhotoSummary[];
  readonly createdAt: WallTime;
}

export interface PhotoSummary {
  readonly id: string;
  readonly takenAt: WallTime;
  readonly quality: Readonly<Record<string, number>>;
}

/** A face descriptor of one photo; bound to the model that made it. */
export interface Template {
  readonly photo: string;
  readonly model: string;
  readonly descriptor: Float32Array;
}

export interface NewCardholder {
  readonly name: string;
  readonly groups: readonly string[];
  readonly accessLevels: readonly string[];
  readonly validFrom?: WallTime;
  readonly validUntil?: WallTime;
}

export interface CardholderChange {
  readonly name?: string;
  readonly groups?: readonly string[];
  readonly accessLevels?: readonly string[];
  readonly status?: "active" | "suspended";
  readonly validFrom?: WallTime | null;
  readonly validUntil?: WallTime | null;
}

/** A refusal by the directory: data, not a bug. */
export class DirectoryRefusal extends Error {
  override readonly name = "DirectoryRefusal";
  readonly code:
    | "notFound"
    | "cardNumberTaken"
    | "cardNotActive"
    | "tooManyPhotos"
    | "tooManyCards"
    | "unknownAccessLevel";
  constructor(code: DirectoryRefusal["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** Who may present a card: looked up by number in well under a millisecond. */
export interface Directory extends Disposable {
  list(page: {
    readonly after?: string;
    readonly limit: number;
    readonly search?: string;
  }): readonly Cardholder[];
  get(id: string): Cardholder | undefined;
  /** By card number; the card's own status is among `cards`. */
  findByCard(number: string): { readonly cardholder: Cardholder; readonly card: Card } | undefined;
  add(cardholder: NewCardholder): Cardholder;
  change(id: string, change: CardholderChange): Cardholder;
  /** Deletes photos, templates and the name. Records of passages keep the id as a pseudonym. */
  remove(id: string): void;
  issueCard(id: string, number: string, format: string): Card;
  /** Effective for the next look-up. */
  reportLost(number: string): Card;
  /** Revokes `number` and issues `replacement` to the same cardholder; templates stay. */
  replaceCard(number: string, replacement: string): Card;
  /** Stores the picture and its descriptor, encrypted. */
  addPhoto(
    id: string,
    photo: {
      readonly jpeg: Uint8Array;
      readonly quality: Readonly<Record<string, number>>;
      readonly model: string;
      readonly descriptor: Float32Array;
      /** As a second recogniser describes the same face, where the site asks for its vote. */
      readonly second?: { readonly model: string; readonly descriptor: Float32Array } | undefined;
    },
  ): PhotoSummary;
  photo(id: string, photo: string): Uint8Array | undefined;
  removePhoto(id: string, photo: string): void;
  templates(id: string, model: string): readonly Template[];
  count(): number;
  /** Runs `work`, and undoes every change it made to the directory if it throws. */
  transact<Result>(work: () => Result): Result;
}
