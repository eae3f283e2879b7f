/** The bolts of a site in the guest: each follows its lock, as steel does. Arguments: pairs of a lock's and a bolt's file. */
import process from "node:process";
import { readText, writeText } from "../../support/kernel-files.ts";
import { pullText } from "../../support/simulated-gpio.ts";

const travel = 15;
const files = process.argv.slice(2);
const pairs = Array.from({ length: files.length / 2 }, (_, index) => files.slice(index * 2, index * 2 + 2));

setInterval(() => {
  for (const [lock, bolt] of pairs as [string, string][]) {
    try {
      writeText(bolt, pullText(readText(lock)?.trim() === "1" ? 1 : 0));
    } catch {
      // the chip has just gone, and the bolt stays where it is
    }
  }
}, travel);
console.log("bolts follow");
