import type { readerRecordTextsEn } from "./records-readers-en.ts";
import type { Translated } from "./translated.ts";

export const readerRecordTextsZh = {
  ReaderLost: "“{{where}}”的读卡器失联：{{detail}}",
  ReaderReturned: "“{{where}}”的读卡器已恢复",
  ReaderTampered: "“{{where}}”的读卡器被触动",
  ReaderTamperEnded: "“{{where}}”的读卡器防拆已恢复",
  ReaderPowerFailed: "“{{where}}”的读卡器电源故障",
  ReaderPowerRestored: "“{{where}}”的读卡器电源已恢复",
  ReaderCondition: "“{{where}}”的读卡器：{{detail}}",
} satisfies Translated<typeof readerRecordTextsEn>;
