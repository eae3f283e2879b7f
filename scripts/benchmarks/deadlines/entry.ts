// The program as the supervisor starts it, but for the building: that one measures.
import { measureInBuilding } from "./measuring-building.ts";

const role = process.argv[2];
if (role === "--role=building") {
  process.title = "vestibule building";
  await measureInBuilding();
  process.exit(0);
}
await import("../../../src/main.ts");
