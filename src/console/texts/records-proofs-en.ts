/** Records about what proves the journal to somebody elsewhere. */
export const proofRecordTextsEn = {
  JournalKeyChanged: "The journal is signed with a new key from here on",
  JournalKeyRotationOrdered: "{{operator}} ordered a new key for the journal",
  WitnessReturned: "The witness has cosigned the journal again",
  WitnessSilent: "NOT WITNESSED: {{detail}}",
  WitnessAheadOfBackup:
    "THE WITNESS SAW MORE THAN THE BACKUP HELD: it saw {{saw}} records, the backup ended with {{last}}; {{lost}} witnessed records are not in this journal",
  WitnessForgot: "THE WITNESS HAS FORGOTTEN what it saw: {{saw}} records before, {{now}} now",
  WitnessContradicted: "THE WITNESS SAW ANOTHER JOURNAL: {{detail}}",
} as const;
