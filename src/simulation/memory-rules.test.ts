import { rulesStoreContract } from "../ports/contracts/rules-store.contract.ts";
import { MemoryDirectory } from "./memory-directory.ts";
import { MemoryRules } from "./memory-rules.ts";
import { VirtualClock } from "./virtual-clock.ts";

rulesStoreContract("in memory", () => {
  const clock = new VirtualClock();
  const directory = new MemoryDirectory(clock);
  return { directory, rules: new MemoryRules(clock, directory), [Symbol.dispose]: () => undefined };
});
