// The program as the supervisor starts it, but for the building: that one forces doors, and notes when.
import { forceDoors } from "./forcing-building.ts";

if (process.argv[2] === "--role=building") {
  process.title = "vestibule building";
  await forceDoors();
  process.exit(0);
}
await import("../../../src/main.ts");
