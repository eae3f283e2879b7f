import type { Page } from "playwright-core";

/** What a page has taken of the browser and given back. */
export interface Taken {
  /** Pitches of the notes it has played, in hertz. */
  readonly pitches: readonly number[];
  /** Notes whose nodes are still connected. */
  readonly notes: number;
  /** Pictures and clips in memory under an address of their own. */
  readonly addresses: number;
  /** Of them all that there have been. */
  readonly addressesEver: number;
}

/** Counts what a page that is open for a month must give back; before it is opened. */
export async function watchWhatItTakes(page: Page): Promise<() => Promise<Taken>> {
  await page.addInitScript(`{
    const taken = (window.taken = { pitches: [], notes: 0, addresses: 0, addressesEver: 0 });
    const { start } = AudioScheduledSourceNode.prototype;
    AudioScheduledSourceNode.prototype.start = function (...when) {
      taken.pitches.push(this.frequency.value);
      taken.notes += 1;
      return start.apply(this, when);
    };
    const { disconnect } = AudioNode.prototype;
    AudioNode.prototype.disconnect = function (...from) {
      if (this instanceof OscillatorNode) taken.notes -= 1;
      return disconnect.apply(this, from);
    };
    const { createObjectURL, revokeObjectURL } = URL;
    URL.createObjectURL = (blob) => {
      taken.addresses += 1;
      taken.addressesEver += 1;
      return createObjectURL.call(URL, blob);
    };
    URL.revokeObjectURL = (address) => {
      taken.addresses -= 1;
      return revokeObjectURL.call(URL, address);
    };
  }`);
  return () => page.evaluate<Taken>("window.taken");
}
