import { templateStoreContract } from "../ports/contracts/template-store.contract.ts";
import { MemoryDirectory } from "./memory-directory.ts";
import { MemoryTemplates } from "./memory-templates.ts";
import { VirtualClock } from "./virtual-clock.ts";

templateStoreContract("in memory", () => {
  const directory = new MemoryDirectory(new VirtualClock());
  return { directory, templates: new MemoryTemplates(directory), [Symbol.dispose]: () => undefined };
});
