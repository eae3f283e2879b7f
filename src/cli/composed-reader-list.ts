import { pluggedInReaders } from "../composition/plugged-in-readers.ts";
import { readerList } from "./reader-list.ts";

/** `reader list` on this machine. */
export const composedReaderList = readerList(pluggedInReaders);
