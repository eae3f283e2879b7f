// Writes docs/asyncapi.yaml from the schemas of what is sent and taken over MQTT: node scripts/asyncapi.ts
import { writeFileSync } from "node:fs";
import { stringify } from "yaml";
import { asyncApi } from "./asyncapi/document.ts";

const file = new URL("../docs/asyncapi.yaml", import.meta.url);
writeFileSync(
  file,
  `# Made from the code by node scripts/asyncapi.ts; change src/controller/message-schemas.ts instead.\n${stringify(asyncApi(), { lineWidth: 110, aliasDuplicateObjects: false })}`,
);
