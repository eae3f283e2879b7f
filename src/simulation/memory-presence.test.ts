import { presenceStoreContract } from "../ports/contracts/presence-store.contract.ts";
import { MemoryPresence } from "./memory-presence.ts";

presenceStoreContract("in memory", () => ({
  presence: new MemoryPresence(),
  [Symbol.dispose]: () => undefined,
}));
