import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type Commissioning, type CommissioningTest, isSettled, type Line, standingOf } from "../model.ts";
import { useSaid } from "../use-said.ts";
import { TestCard } from "./test-card.tsx";
import { Verdict } from "./verdict.tsx";

/** The tests of one step: one is at hand, the others stand beside it with how they went. */
export function TestDeck(props: {
  readonly commissioning: Commissioning;
  readonly tests: readonly CommissioningTest[];
  readonly lines: readonly Line[];
  readonly mayCommission: boolean;
  /** As the address has it. */
  readonly chosen: string | null;
  readonly onChoose: (test: string) => void;
  readonly liveOf: (test: CommissioningTest) => ReactNode;
  readonly mendingOf: (test: CommissioningTest) => ReactNode;
}) {
  const { t } = useTranslation();
  const said = useSaid();
  const { commissioning, tests } = props;
  const at = atHand(tests, commissioning, props.chosen);
  if (at === undefined) return <p className="empty">{t("commissioning.nothingToTest")}</p>;
  const next = tests[tests.indexOf(at) + 1];
  return (
    <div className="commission-deck">
      <TestCard
        key={at.id}
        commissioning={commissioning}
        test={at}
        lines={props.lines}
        mayCommission={props.mayCommission}
        live={props.liveOf(at)}
        mending={props.mendingOf(at)}
        onNext={next === undefined ? undefined : () => props.onChoose(next.id)}
        onGo={props.onChoose}
      />
      {tests.length < 2 ? null : (
        <nav aria-label={t("commissioning.test.list")}>
          <ul className="commission-tests">
            {tests.map((test) => (
              <li key={test.id}>
                <button
                  type="button"
                  aria-current={test === at ? "true" : undefined}
                  onClick={() => props.onChoose(test.id)}
                >
                  <span>{said(test.title)}</span>
                  <Verdict standing={standingOf(test, commissioning.running)} />
                </button>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </div>
  );
}

/** The one that was chosen, else the one under way, else the first of which something is left. */
function atHand(
  tests: readonly CommissioningTest[],
  { running }: Commissioning,
  chosen: string | null,
): CommissioningTest | undefined {
  return (
    tests.find(({ id }) => id === chosen) ??
    tests.find(({ id }) => id === running?.id) ??
    tests.find((test) => !isSettled(standingOf(test, running))) ??
    tests[0]
  );
}
