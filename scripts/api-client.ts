// Writes src/console/api/client.ts, the console's own client, from the API's description: node scripts/api-client.ts
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { generateApi } from "swagger-typescript-api";
import { describedApi, headerOf } from "./api-client/described-api.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const document = await describedApi();
const { files } = await generateApi({
  // Only the document's shape matters; the generator's own types are of Swagger 2.
  spec: document as never,
  templates: here("./api-client"),
  output: false,
  silent: true,
  httpClientType: "fetch",
  unwrapResponseData: true,
  generateUnionEnums: true,
  extractRequestBody: true,
  extractResponseBody: true,
  extractRequestParams: true,
  sortTypes: true,
});
const [file] = files;
if (file === undefined) throw new Error("nothing was generated");
const target = here("../src/console/api/client.ts");
const withoutBanner = file.fileContent.replace(/^(?:\/\*.*?\*\/\s*|\/\/.*\n)+/s, "");
writeFileSync(target, `${headerOf(document)}\n${withoutBanner}`);
process.stdout.write(`${target}: ${readFileSync(target, "utf8").split("\n").length} lines\n`);
