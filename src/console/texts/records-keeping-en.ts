/** Records about backups, and about records that are no longer kept. */
export const keepingRecordTextsEn = {
  BackupMade: "A backup up to record {{last}} was made: {{file}}",
  BackupFailed: "NO BACKUP was made: {{detail}}",
  JournalRestored: "{{operator}} put this box back from a backup that ends with record {{last}}",
  JournalCarriedForward: "Written anew before old records go: what they said and still holds",
  JournalPruned: "Records {{from}} to {{to}} are no longer kept; they are under checkpoint {{checkpoint}}",
};
