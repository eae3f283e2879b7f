/**
 * The section `lines` with two lines' places exchanged; undefined where it does not name both. The first door pair's
 * lines stand in it without the pair's id.
 */
export function exchangedLines(
  section: Readonly<Record<string, unknown>>,
  one: string,
  other: string,
): Readonly<Record<string, unknown>> | undefined {
  const first = keyOf(section, one);
  const second = keyOf(section, other);
  if (first === undefined || second === undefined || first === second) return undefined;
  return { ...section, [first]: section[second], [second]: section[first] };
}

function keyOf(section: Readonly<Record<string, unknown>>, name: string): string | undefined {
  if (Object.hasOwn(section, name)) return name;
  const pair = /^v1\.(.+)$/.exec(name)?.[1] ?? "";
  return Object.hasOwn(section, pair) ? pair : undefined;
}
