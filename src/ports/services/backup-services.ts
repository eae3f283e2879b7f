import type { BackupFile } from "../backup.ts";

/** What is known of a site's backups without opening one. */
export interface BackupView {
  /** The newest that succeeded, as the journal tells. */
  readonly last: { readonly madeAt: string; readonly bytes: number; readonly record: number } | null;
  /** When the next is due; null: never. */
  readonly next: string | null;
  readonly running: boolean;
  /** None succeeded for longer than the site's file allows. */
  readonly overdue: boolean;
}

export interface BackupServices {
  view(): BackupView;
  list(): Promise<readonly BackupFile[]>;
  /** Begins one; what becomes of it is recorded. `busy`: another is being made. */
  begin(operator: string): "begun" | "busy";
}
