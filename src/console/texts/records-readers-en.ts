/** How card readers are. */
export const readerRecordTextsEn = {
  ReaderLost: "The reader at “{{where}}” is lost: {{detail}}",
  ReaderReturned: "The reader at “{{where}}” is back",
  ReaderTampered: "The reader at “{{where}}” was tampered with",
  ReaderTamperEnded: "The reader at “{{where}}” is closed again",
  ReaderPowerFailed: "The supply of the reader at “{{where}}” fails",
  ReaderPowerRestored: "The supply of the reader at “{{where}}” is back",
  ReaderCondition: "The reader at “{{where}}”: {{detail}}",
};
