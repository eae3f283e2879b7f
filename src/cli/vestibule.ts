import type { Command, CommandIo, ExitCode } from "./command.ts";

type Load = () => Promise<Command>;

/** Loaded one at a time: `check-config` does not wait for a neural network. */
const commands: Readonly<Record<string, { readonly summary: string; readonly load: Load }>> = {
  run: { summary: "run the controller", load: async () => (await import("./run.ts")).run },
  "check-config": {
    summary: "check configuration files, and list every fault at once",
    load: async () => (await import("./check-config.ts")).checkConfig,
  },
  doctor: {
    summary: "look at lines, cameras, clock, broker, disk and models, and say what to do",
    load: async () => (await import("./composed-doctor.ts")).composedDoctor,
  },
  park: {
    summary: "secure every lock of the GPIO board when nobody else does",
    load: async () => (await import("./park.ts")).park,
  },
  "face compare": {
    summary: "compare the faces on two pictures",
    load: async () => (await import("./face-compare.ts")).faceCompare,
  },
  "face bench": {
    summary: "measure accuracy on a folder of pictures",
    load: async () => (await import("./face-bench.ts")).faceBench,
  },
  "face liveness": {
    summary: "say whether recordings show living people or pictures of them",
    load: async () => (await import("./face-liveness.ts")).faceLiveness,
  },
  "face calibrate": {
    summary: "fit a recogniser's thresholds to folders of pictures, and write them into its manifest",
    load: async () => (await import("./face-calibrate.ts")).faceCalibrate,
  },
  "face accept-licence": {
    summary: "show, and accept, the licence of a recogniser of the site's own",
    load: async () => (await import("./face-accept-licence.ts")).faceAcceptLicence,
  },
  "camera test": {
    summary: "open a camera's stream and say what is seen, or what is wrong",
    load: async () => (await import("./composed-camera-test.ts")).composedCameraTest,
  },
  "onvif discover": {
    summary: "find ONVIF cameras on the network",
    load: async () => (await import("./onvif-discover.ts")).onvifDiscover,
  },
  "onvif probe": {
    summary: "ask an ONVIF camera what it is and has, and say what to configure",
    load: async () => (await import("./onvif-probe.ts")).onvifProbe,
  },
  "onvif imaging": {
    summary: "show or change what an ONVIF camera's sensor is set to",
    load: async () => (await import("./onvif-imaging.ts")).onvifImaging,
  },
  "reader listen": {
    summary: "print what the site's card readers send",
    load: async () => (await import("./composed-reader-listen.ts")).composedReaderListen,
  },
  "reader osdp-install": {
    summary: "bring a key of its own into a new OSDP reader",
    load: async () => (await import("./composed-osdp-install.ts")).composedOsdpInstall,
  },
  "reader list": {
    summary: "list the card readers that are plugged in, by the names the configuration takes",
    load: async () => (await import("./composed-reader-list.ts")).composedReaderList,
  },
  "cardholder add": {
    summary: "add a person",
    load: async () => (await import("./cardholder-add.ts")).cardholderAdd,
  },
  "cardholder list": {
    summary: "list people",
    load: async () => (await import("./cardholder-list.ts")).cardholderList,
  },
  "cardholder show": {
    summary: "show a person, with cards and photos",
    load: async () => (await import("./cardholder-show.ts")).cardholderShow,
  },
  "cardholder import": {
    summary: "add everybody in a list, or nobody",
    load: async () => (await import("./cardholder-import.ts")).cardholderImport,
  },
  "cardholder pin": {
    summary: "set a person's PIN, read from standard input",
    load: async () => (await import("./cardholder-pin.ts")).cardholderPin,
  },
  "cardholder recompute": {
    summary: "compute templates for the models in use from stored photos",
    load: async () => (await import("./cardholder-recompute.ts")).cardholderRecompute,
  },
  "cardholder delete": {
    summary: "delete a person with cards, photos and templates",
    load: async () => (await import("./cardholder-delete.ts")).cardholderDelete,
  },
  "card issue": {
    summary: "give a person a card",
    load: async () => (await import("./card-issue.ts")).cardIssue,
  },
  "card report-lost": {
    summary: "block a lost card",
    load: async () => (await import("./card-report-lost.ts")).cardReportLost,
  },
  "card replace": {
    summary: "replace a card, keeping the person's photos",
    load: async () => (await import("./card-replace.ts")).cardReplace,
  },
  "card suspend": {
    summary: "suspend a card for the time being",
    load: async () => (await import("./card-status.ts")).cardSuspend,
  },
  "card activate": {
    summary: "make a suspended card active again",
    load: async () => (await import("./card-status.ts")).cardActivate,
  },
  "card revoke": {
    summary: "revoke a card, for good",
    load: async () => (await import("./card-status.ts")).cardRevoke,
  },
  "operator add": {
    summary: "add an operator's account",
    load: async () => (await import("./operator-add.ts")).operatorAdd,
  },
  "operator list": {
    summary: "list operators' accounts",
    load: async () => (await import("./operator-list.ts")).operatorList,
  },
  enrol: {
    summary: "enrol photos of a person",
    load: async () => (await import("./enrol.ts")).enrol,
  },
  "commission verify": {
    summary: "check a commissioning report against its signature",
    load: async () => (await import("./commission-verify.ts")).commissionVerify,
  },
  "centre-key make": {
    summary: "make a key for somebody at the security centre",
    load: async () => (await import("./centre-key-make.ts")).centreKeyMake,
  },
  "centre-request": {
    summary: "ask a site for something, as the security centre does",
    load: async () => (await import("./centre-request.ts")).centreRequest,
  },
  "evidence verify": {
    summary: "check that nobody took away or changed a picture or clip",
    load: async () => (await import("./evidence-verify.ts")).evidenceVerify,
  },
  "key rotate": {
    summary: "give photos, templates and evidence a new key",
    load: async () => (await import("./key-rotate.ts")).keyRotate,
  },
  backup: {
    summary: "write an encrypted backup of everything a new box needs",
    load: async () => (await import("./backup.ts")).backup,
  },
  restore: {
    summary: "put a backup into an empty data directory",
    load: async () => (await import("./restore.ts")).restore,
  },
  replay: {
    summary: "ask the rules again, and say which decision would be another",
    load: async () => (await import("./replay.ts")).replayCommand,
  },
  "journal verify": {
    summary: "check that nobody changed the journal",
    load: async () => (await import("./journal-verify.ts")).journalVerify,
  },
  "journal key": {
    summary: "show the public key that the journal is signed with, or make a new one",
    load: async () => (await import("./journal-key.ts")).journalKey,
  },
  "journal prove": {
    summary: "prove one record to somebody who holds the public key alone",
    load: async () => (await import("./journal-prove.ts")).journalProve,
  },
  witness: {
    summary: "cosign other boxes' journals, so that none can be put back or forked unseen",
    load: async () => (await import("./witness.ts")).witness,
  },
  "journal why": {
    summary: "say what a decision rested on",
    load: async () => (await import("./journal-why.ts")).journalWhy,
  },
  "journal show": {
    summary: "show records of the journal",
    load: async () => (await import("./journal-show.ts")).journalShow,
  },
  "journal export": {
    summary: "write the whole journal as JSON lines",
    load: async () => (await import("./journal-export.ts")).journalExport,
  },
};

/** Finds the command by its one or two words and runs it. */
export async function runCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const [first, second] = args;
  if (first === undefined) {
    io.stderr(`vestibule: a command is needed\n\n${overview(Object.keys(commands))}`);
    return 2;
  }
  if (first === "help" || isHelp(first)) {
    io.stdout(overview(Object.keys(commands)));
    return 0;
  }
  const two = commands[`${first} ${second ?? ""}`];
  const entry = two ?? commands[first];
  if (entry === undefined) {
    const group = Object.keys(commands).filter((name) => name.startsWith(`${first} `));
    if (group.length > 0 && isHelp(second)) {
      io.stdout(overview(group));
      return 0;
    }
    io.stderr(
      `vestibule: there is no command "${args.slice(0, 2).join(" ")}"; vestibule --help lists them\n`,
    );
    return 2;
  }
  const command = await entry.load();
  const rest = args.slice(two === undefined ? 1 : 2);
  if (rest.some(isHelp)) {
    io.stdout(command.usage);
    return 0;
  }
  return await command.run(rest, io);
}

const isHelp = (word: string | undefined): boolean => word === "--help" || word === "-h";

function overview(names: readonly string[]): string {
  const longest = Math.max(...names.map(({ length }) => length));
  const lines = names.map((name) => `  ${name.padEnd(longest)}  ${commands[name]?.summary ?? ""}`);
  return `Usage: vestibule COMMAND [OPTIONS]\n\n${lines.join("\n")}\n\nvestibule COMMAND --help tells more.\n`;
}
