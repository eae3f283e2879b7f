import { wallTime } from "../../src/domain/time.ts";
import type { LinkRequest } from "../../src/ports/alarm-link.ts";
import type { CentreRules } from "../../src/ports/centre-rules.ts";
import type { JsonObject } from "../../src/ports/journal.ts";
import { MemoryCursor } from "../../src/simulation/memory-journal.ts";
import { RecordedAlarmLink } from "../../src/simulation/recorded-alarm-link.ts";
import { type SiteChanges, SiteInOneProcess } from "./site-in-one-process.ts";

/** A whole site that hears what a centre asks. */
export class AskedSite {
  readonly site: SiteInOneProcess;
  readonly #links: { link: RecordedAlarmLink };

  private constructor(site: SiteInOneProcess, links: { link: RecordedAlarmLink }) {
    this.site = site;
    this.#links = links;
  }

  static async open(requests?: CentreRules, changes: SiteChanges = {}): Promise<AskedSite> {
    const newLink = () => new RecordedAlarmLink({ wall: () => wallTime(0) });
    const links = { link: newLink() };
    const broker = {
      cursor: new MemoryCursor(),
      requests,
      get link() {
        return links.link;
      },
    };
    const site = await SiteInOneProcess.open({ ...changes, options: { ...changes.options, broker } });
    return new AskedSite(site, links);
  }

  get link(): RecordedAlarmLink {
    return this.#links.link;
  }

  /** As after a crash; the broker gives it its messages anew. */
  async restart(): Promise<void> {
    this.site.killController();
    this.#links.link = new RecordedAlarmLink({ wall: () => wallTime(0) });
    await this.site.startController();
    await this.site.passes(1_000);
  }

  /** Asks, and gives time for the answer. */
  async ask(
    name: string,
    body: JsonObject | string,
    how: Partial<LinkRequest> = {},
  ): Promise<JsonObject | undefined> {
    const before = this.link.taken().length;
    this.link.ask(name, body, how);
    await this.site.passes(100);
    const replies = this.link
      .taken()
      .slice(before)
      .filter(({ topic }) => topic.startsWith("reply/"));
    return replies.at(-1)?.body;
  }
}
