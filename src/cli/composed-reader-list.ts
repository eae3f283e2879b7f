import { openPcsc } from "../drivers/reader-pcsc/open-pcsc.ts";
import { readerList } from "./reader-list.ts";

/** `reader list` on this machine. */
export const composedReaderList = readerList({
  devices: "/dev",
  pcscReaders: () => {
    const pcsc = openPcsc();
    pcsc.connect();
    try {
      return pcsc.readers();
    } finally {
      pcsc.disconnect();
    }
  },
});
