// As busy as vision can be: the face nets over and over on one picture, at vision's own priority, until it is ended.
import { setPriority } from "node:os";
import { openFaceEngine } from "../../../src/drivers/face-nets/open-face-engine.ts";
import { sharpPictureCodec } from "../../../src/drivers/picture-sharp/sharp-picture-codec.ts";
import { demoPeople, enrolmentPortraits } from "../../../src/simulation/demo-people.ts";

setPriority(5);
process.title = "vestibule benchmark load";
process.once("disconnect", () => process.exit(0));
const [person] = demoPeople;
const [portrait] = person === undefined ? [] : await enrolmentPortraits(person);
if (portrait === undefined) throw new Error("no portrait");
const picture = await sharpPictureCodec.decode(portrait);
const engine = await openFaceEngine({ backend: "auto" });
process.send?.("ready");
for (;;) {
  const [face] = await engine.detect(picture, "quick");
  if (face !== undefined) await engine.describe(picture, face);
  await new Promise((resolve) => setImmediate(resolve));
}
