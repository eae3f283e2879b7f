import { join } from "node:path";

/** What commissioning keeps, under the data directory: the one place that the service may write. */
export interface CommissioningPlaces {
  readonly folder: string;
  /** What the site runs by, and its board. */
  readonly site: string;
  readonly board: string;
  /** Before the last change; put back where the new one cannot run. */
  readonly formerSite: string;
  readonly formerBoard: string;
  readonly draft: string;
  readonly draftBoard: string;
  readonly secrets: string;
  /** A change that nothing has run by yet. */
  readonly unproven: string;
  /** A change that was put back, and why. */
  readonly refused: string;
}

export const boardPath = "boards/board.yaml";

export function placesIn(dataDirectory: string): CommissioningPlaces {
  const folder = join(dataDirectory, "commissioning");
  const draft = join(folder, "draft");
  return {
    folder,
    site: join(folder, "site.yaml"),
    board: join(folder, boardPath),
    formerSite: join(folder, "former-site.yaml"),
    formerBoard: join(folder, "former-board.yaml"),
    draft: join(draft, "site.yaml"),
    draftBoard: join(draft, boardPath),
    secrets: join(folder, "secrets"),
    unproven: join(folder, "unproven.json"),
    refused: join(folder, "refused.json"),
  };
}
