/** What a record says, as far as this looks at it. */
interface Payload {
  readonly [key: string]: unknown;
}

const hashForm = /^[0-9a-f]{64}$/;

/** The evidence that a record names as its own: pictures and clips that have to be there as long as they are kept. */
export function evidenceNamedBy(type: string, payload: Payload): readonly string[] {
  if (aboutEvidence.has(type)) return [];
  const face = payload["face"];
  const frames = isObject(face) ? hashesIn(face["attackFrames"]) : [];
  return [...new Set([...hashesIn(payload["evidence"]), ...frames])];
}

/** These tell what became of it. */
const aboutEvidence: ReadonlySet<string> = new Set([
  ...["EvidencePruned", "EvidenceNotKept", "EvidenceMissing", "EvidenceAltered", "EvidenceViewed"],
]);

export function hashesIn(value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((one): one is string => typeof one === "string" && hashForm.test(one));
}

const isObject = (value: unknown): value is Payload => typeof value === "object" && value !== null;
