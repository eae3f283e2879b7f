/** Changes to people's cards, PINs and lists. */
export const peopleRecordTextsEn = {
  CardStatusChanged: "{{operator}} set card {{card}} of {{who}} to {{status}}",
  PinSet: "{{operator}} set the PIN of {{who}}",
  PinRemoved: "{{operator}} took the PIN of {{who}} away",
  CardholdersImported: "{{operator}} imported a list of {{people}} people",
  CardholderImportAbandoned: "A list of people was not imported: nobody of it was added",
  AreaReset: "{{operator}} said where {{who}} is",
  ConsentRecorded: "{{operator}} recorded that {{who}} agreed to the use of their face",
  ConsentWithdrawn:
    "{{operator}} recorded that {{who}} withdrew the consent; photos and templates are deleted",
  PhotoViewed: "{{operator}} looked at a photo of {{who}}",
  CardholdersExported: "{{operator}} exported the list of people",
};
