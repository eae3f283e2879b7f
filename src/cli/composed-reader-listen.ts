import { fileURLToPath } from "node:url";
import { placedReaders, readersOf } from "../composition/readers.ts";
import { loadWiredSite } from "../config/site-board.ts";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import { readerListen } from "./reader-listen.ts";
import { dataDirectory } from "./storage-command.ts";

const clock = new SystemClock();
const demoSite = fileURLToPath(new URL("../../firmware-config/demo.yaml", import.meta.url));

/** `reader listen` with the real drivers. */
export const composedReaderListen = readerListen({
  clock,
  load: async (file, env, { onRefused, onBits }) => {
    const { site } = loadWiredSite(file ?? (env["VESTIBULE_CONFIG"] || demoSite), env);
    return {
      readers: await readersOf(site, { clock, dataDirectory: dataDirectory(env), onRefused, onBits }),
      places: placedReaders(site)
        .filter(({ reader }) => reader.kind !== "simulated")
        .map(({ where }) => where),
    };
  },
});
