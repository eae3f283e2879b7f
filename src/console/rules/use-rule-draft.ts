import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { PreviewChangeData } from "../api/client.ts";
import { previewChange } from "../api/client.ts";
import { useMay } from "../live/use-site.ts";
import { useRuleNews } from "./use-rule-news.ts";

export interface Held<Document> {
  readonly document: Document;
  readonly version: number;
}

export interface SaveFacts {
  readonly reason: string;
  /** Of what was looked at: refused where another holds by now. */
  readonly version: number;
  readonly force: boolean;
}

/** A rule's document as a page reads, previews and writes it. */
export interface RuleSource<Document> {
  /** As versions name it: `schedules`, `doors/v1/inner`. */
  readonly kind: string;
  read(signal: AbortSignal): Promise<Held<Document>>;
  /** What PUT or PATCH takes: of lists all of it, else what became different. */
  changeOf(base: Document, draft: Document): object;
  write(base: Document, draft: Document, facts: SaveFacts): Promise<object>;
  /** The draft over what somebody else made of it meanwhile, and what both changed. */
  mergedOver(base: Document, draft: Document, theirs: Document): Merged<Document>;
}

export interface Merged<Document> {
  readonly document: Document;
  readonly both: readonly string[];
}

interface Session<Document> extends Held<Document> {
  readonly past: readonly Document[];
  readonly present: Document;
  readonly future: readonly Document[];
}

const mostSteps = 100;
/** A preview is asked for once the hand rests. */
const restMs = 250;

export const ruleKey = (kind: string): readonly string[] => ["rules", kind];

/** What is being made of one rule at this page, until it is saved. */
export function useRuleDraft<Document>(source: RuleSource<Document>) {
  const may = useMay("changeRules");
  const queries = useQueryClient();
  const held = useQuery({ queryKey: ruleKey(source.kind), queryFn: ({ signal }) => source.read(signal) });
  useRuleNews();
  const [session, setSession] = useState<Session<Document> | null>(null);
  const base = session ?? held.data ?? null;
  const draft = session?.present ?? held.data?.document;
  const dirty = session !== null && isOther(session.document, session.present);
  const preview = usePreview(source, base, draft, dirty && may);
  const theirs = session !== null && held.data !== undefined && held.data.version !== session.version;

  const step = (change: (now: Session<Document>) => Session<Document>): void =>
    setSession((now) => {
      const begun = now ?? begin(held.data);
      return begun === null ? null : change(begun);
    });
  const edit = (next: Document): void =>
    step((now) =>
      isOther(now.present, next)
        ? { ...now, past: [...now.past, now.present].slice(-mostSteps), present: next, future: [] }
        : now,
    );
  const undo = (): void =>
    step((now) => {
      const last = now.past.at(-1);
      if (last === undefined) return now;
      return { ...now, past: now.past.slice(0, -1), present: last, future: [now.present, ...now.future] };
    });
  const redo = (): void =>
    step((now) => {
      const [next, ...future] = now.future;
      return next === undefined ? now : { ...now, past: [...now.past, now.present], present: next, future };
    });
  const settle = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: ["rules"] });
    setSession(null);
  };
  const merged =
    theirs && session !== null && held.data !== undefined
      ? source.mergedOver(session.document, session.present, held.data.document)
      : null;
  const rebase = (): void => {
    if (merged === null || held.data === undefined) return;
    setSession({ ...held.data, past: [], present: merged.document, future: [] });
  };
  return {
    ...{ source, may, held, base, draft, dirty, preview, edit, undo, redo, settle },
    canUndo: (session?.past.length ?? 0) > 0,
    canRedo: (session?.future.length ?? 0) > 0,
    discard: () => setSession(null),
    conflict: merged === null || !dirty ? null : { both: merged.both, rebase },
    reload: () => queries.invalidateQueries({ queryKey: ["rules"] }),
  };
}

export type RuleDraft<Document> = ReturnType<typeof useRuleDraft<Document>>;

const begin = <Document>(held: Held<Document> | undefined): Session<Document> | null =>
  held === undefined ? null : { ...held, past: [], present: held.document, future: [] };

const isOther = (one: unknown, other: unknown): boolean => JSON.stringify(one) !== JSON.stringify(other);

/** What the server says of the draft: faults, what it weakens, who must confirm. */
function usePreview<Document>(
  source: RuleSource<Document>,
  base: Held<Document> | null,
  draft: Document | undefined,
  wanted: boolean,
): {
  readonly answer: PreviewChangeData | undefined;
  readonly asking: boolean;
  readonly error: Error | null;
} {
  const change = useMemo(
    () => (wanted && base !== null && draft !== undefined ? source.changeOf(base.document, draft) : null),
    [wanted, base, draft, source],
  );
  const text = JSON.stringify(change);
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  const { data, isFetching, error } = useQuery({
    queryKey: ["rules", "preview", source.kind, base?.version, rested],
    queryFn: ({ signal }) =>
      previewChange({ kind: source.kind, change: JSON.parse(rested) as unknown }, { signal }),
    enabled: wanted && rested === text,
    placeholderData: keepPreviousData,
  });
  return { answer: wanted ? data : undefined, asking: wanted && (isFetching || rested !== text), error };
}
