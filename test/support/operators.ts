import { operatorAdd } from "../../src/cli/operator-add.ts";
import type { DemoDaemon } from "./demo-daemon.ts";
import { SiteApi } from "./site-api.ts";

/**
 * Operators beside the administrator, as an installation gets them: added by the command while the controller is
 * stopped, each with a password of their own before anything else.
 */
export async function signedInOperators(
  daemon: DemoDaemon,
  names: readonly string[],
): Promise<readonly SiteApi[]> {
  await daemon.stop();
  const oneTimePasswords = new Map<string, string>();
  for (const name of names) oneTimePasswords.set(name, await added(daemon.data, name));
  daemon.spawn();
  await daemon.ready();
  const sessions: SiteApi[] = [];
  for (const [name, current] of oneTimePasswords) {
    const next = "nobody opens this alone";
    const first = await SiteApi.logIn(daemon.address, current, name);
    await first.ask("POST", "/session/password", { current, next });
    sessions.push(await SiteApi.logIn(daemon.address, next, name));
  }
  return sessions;
}

async function added(data: string, name: string): Promise<string> {
  let [answer, fault] = ["", ""];
  const exit = await operatorAdd.run([name, "--json"], {
    stdout: (text) => void (answer += text),
    stderr: (text) => void (fault += text),
    env: { VESTIBULE_DATA: data },
  });
  if (exit !== 0) throw new Error(`operator add ${name}: ${fault}`);
  return (JSON.parse(answer) as { oneTimePassword: string }).oneTimePassword; // what the command says it prints
}
