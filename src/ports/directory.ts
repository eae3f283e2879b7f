import type { WallTime } from "../domain/time.ts";

export type CredentialStatus = "active" | "lost" | "suspended" | "expired" | "revoked";

export interface Card {
  readonly number: string;
  readonly format: string;
  readonly status: CredentialStatus;
  readonly issuedAt: WallTime;
  /** Presented under duress (A5): lets in like any other as far as anybody at the door can tell. */
  readonly duress: boolean;
  /** What the clerk calls it. */
  readonly label?: string;
}

/** A visitor is let in only with the host, verified in the same passage (A7). */
export type CardholderKind = "staff" | "visitor";

/** `left`: works here no more; at a door as good as suspended. */
export type CardholderStatus = "active" | "suspended" | "left";

export interface Cardholder {
  readonly id: string;
  readonly name: string;
  readonly kind: CardholderKind;
  readonly groups: readonly string[];
  /** Names of access levels, see the site's configuration. */
  readonly accessLevels: readonly string[];
  readonly status: CardholderStatus;
  readonly validFrom?: WallTime;
  readonly validUntil?: WallTime;
  /** Personnel number; nobody else's. */
  readonly number?: string;
  readonly note?: string;
  /** Of a visitor: the cardholder they come to. */
  readonly host?: string;
  /** The operator's account that is this person's own: they may not change themselves (T43). */
  readonly operator?: string;
  readonly hasPin: boolean;
  /** To the use of their face; absent where none is on record. */
  readonly consent?: Consent;
  readonly cards: readonly Card[];
  readonly photos: readonly PhotoSummary[];
  readonly createdAt: WallTime;
}

/** That somebody agreed to the use of their face (domain.md §7): to which wording, and before whom. */
export interface Consent {
  /** The version of the wording that was read. */
  readonly wording: string;
  /** In which it was read. */
  readonly language: "en" | "zh";
  /** `atDesk`: read and agreed to before the operator; `onPaper`: signed, and kept outside of this box. */
  readonly form: "atDesk" | "onPaper";
  readonly at: WallTime;
  readonly operator: string;
}

export interface PhotoSummary {
  readonly id: string;
  readonly takenAt: WallTime;
  readonly quality: Readonly<Record<string, number>>;
  /** How the person looks on it: `usual`, `glasses`. Photos of one appearance make one template. */
  readonly appearance: string;
}

/** Argon2id hashes in PHC form. */
export interface PinHashes {
  readonly pin: string;
  readonly duressPin?: string | undefined;
}

/** A face descriptor of one photo; bound to the model that made it. */
export interface Template {
  readonly photo: string;
  readonly appearance: string;
  readonly model: string;
  readonly descriptor: Float32Array;
}

export interface NewCardholder {
  readonly name: string;
  readonly kind?: CardholderKind;
  readonly groups: readonly string[];
  readonly accessLevels: readonly string[];
  readonly validFrom?: WallTime;
  readonly validUntil?: WallTime;
  readonly number?: string;
  readonly note?: string;
  readonly host?: string;
  readonly operator?: string;
}

/** Null takes away what there was. */
export interface CardholderChange {
  readonly name?: string;
  readonly kind?: CardholderKind;
  readonly groups?: readonly string[];
  readonly accessLevels?: readonly string[];
  readonly status?: CardholderStatus;
  readonly validFrom?: WallTime | null;
  readonly validUntil?: WallTime | null;
  readonly number?: string | null;
  readonly note?: string | null;
  readonly host?: string | null;
  readonly operator?: string | null;
}

export interface DirectoryPage {
  readonly after?: string;
  readonly limit: number;
  /** Part of a name, of a card's or a personnel number, whatever its case; or a whole id. */
  readonly search?: string;
  readonly group?: string;
  readonly accessLevel?: string;
  readonly kind?: CardholderKind;
  readonly status?: CardholderStatus;
  /** Whether the photos will do, see `enrolmentOf`; nobody's photos at all are lacking too. */
  readonly enrolment?: "enough" | "lacking";
}

export interface NewPhoto {
  readonly jpeg: Uint8Array;
  readonly quality: Readonly<Record<string, number>>;
  /** `usual` where nothing is said. */
  readonly appearance?: string;
  readonly model: string;
  readonly descriptor: Float32Array;
  /** As a second recogniser describes the same face, where the site asks for its vote. */
  readonly second?: { readonly model: string; readonly descriptor: Float32Array } | undefined;
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
    | "tooManyAppearances"
    | "numberTaken"
    | "operatorTaken"
    | "unknownHost"
    | "visitorIncomplete"
    | "selfService"
    | "unfitPin"
    | "consentMissing"
    | "importUnderWay"
    | "unknownAccessLevel";
  constructor(code: DirectoryRefusal["code"], message: string) {
    super(message);
    this.code = code;
  }
}

export interface ImportedCardholder extends NewCardholder {
  readonly cards: readonly { readonly number: string; readonly format: string }[];
}

/**
 * People who come to be all at once, however many. Until `complete` nobody finds them or their cards; what never
 * completes is gone at the next start.
 */
export interface DirectoryImport {
  readonly id: string;
  /** Their ids, in order; all of them or none. Refused as any addition is. */
  add(people: readonly ImportedCardholder[]): readonly string[];
  /** They are there. */
  complete(): void;
  /** Removes at most so many of them again; false: none are left. */
  abandon(most: number): boolean;
}

/** Who may present a card: looked up by number in well under a millisecond. */
export interface Directory extends Disposable {
  list(page: DirectoryPage): readonly Cardholder[];
  get(id: string): Cardholder | undefined;
  /** By card number; the card's own status is among `cards`. */
  findByCard(number: string): { readonly cardholder: Cardholder; readonly card: Card } | undefined;
  findByNumber(number: string): Cardholder | undefined;
  /** Whose own account this operator's is. */
  findByOperator(username: string): Cardholder | undefined;
  add(cardholder: NewCardholder): Cardholder;
  change(id: string, change: CardholderChange): Cardholder;
  /** Deletes photos, templates and the name. Records of passages keep the id as a pseudonym. */
  remove(id: string): void;
  issueCard(
    id: string,
    number: string,
    format: string,
    more?: { readonly duress?: boolean; readonly label?: string },
  ): Card;
  /** Effective for the next look-up. */
  reportLost(number: string): Card;
  /** What was reported lost, or revoked, stays so: the one who found it may be anybody. */
  setCardStatus(number: string, status: "active" | "suspended" | "revoked"): Card;
  /** Revokes `number` and issues `replacement` to the same cardholder; templates stay. */
  replaceCard(number: string, replacement: string): Card;
  /** Stores the picture and its descriptor, encrypted. */
  addPhoto(id: string, photo: NewPhoto): PhotoSummary;
  photo(id: string, photo: string): Uint8Array | undefined;
  removePhoto(id: string, photo: string): void;
  templates(id: string, model: string): readonly Template[];
  /** In place of the ones before; undefined takes them away. */
  setPin(id: string, pins: PinHashes | undefined): void;
  /** In place of the one before; undefined takes it away. */
  setConsent(id: string, consent: Consent | undefined): void;
  /** Every group that somebody is in, by name, with how many. */
  groups(): readonly { readonly name: string; readonly members: number }[];
  /** Of nobody: none. */
  pins(id: string): { readonly pin: string | undefined; readonly duressPin: string | undefined };
  count(): number;
  beginImport(): DirectoryImport;
  /** Runs `work`, and undoes every change it made to the directory if it throws. */
  transact<Result>(work: () => Result): Result;
}
