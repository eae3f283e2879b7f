import { useTranslation } from "react-i18next";
import { alarmTypeText } from "../alarms/alarm-texts.ts";
import type { GetFiguresData } from "../api/client.ts";
import { isAccessPoint } from "../building/whereabouts.ts";
import { ChartCard } from "./chart-card.tsx";
import { timeText, type Words } from "./drawn-figures.ts";

type Camera = GetFiguresData["cameras"][number];

/** More is in the file of events; a strip is looked at, not counted. */
const mostListed = 5;

/** Each camera's period from left to right, with what was wrong when. */
export function CameraStrips({
  figures,
  words,
}: {
  readonly figures: GetFiguresData;
  readonly words: Words;
}) {
  const { t } = useTranslation();
  const { cameras } = figures;
  const nameOf = (camera: string): string => (isAccessPoint(camera) ? t(`accessPoint.${camera}`) : camera);
  const faultsOf = (camera: Camera): readonly string[] => {
    const told = camera.intervals.slice(0, mostListed).map((one) => faultText(one, figures, words));
    const others = camera.intervals.length - told.length + camera.omitted;
    return others > 0 ? [...told, t("reports.chart.more", { number: others })] : told;
  };
  return (
    <ChartCard
      title={t("reports.chart.cameras")}
      lead={t("reports.chart.camerasLead")}
      bars={null}
      table={{
        columns: [t("reports.chart.camera"), t("reports.chart.available"), t("reports.chart.faults")],
        rows: cameras.map((one) => [nameOf(one.camera), percent(one.available), faultsOf(one).join("; ")]),
      }}
      {...(cameras.length > 0 && {
        drawing: (
          <ul className="camera-strips">
            {cameras.map((one) => (
              <li key={one.camera}>
                <span className="camera-strip-name">{nameOf(one.camera)}</span>
                <strong>{percent(one.available)}</strong>
                <Strip camera={one} figures={figures} />
                <span className="camera-strip-faults">{faultsOf(one).join(" · ")}</span>
              </li>
            ))}
          </ul>
        ),
      })}
    />
  );
}

function Strip({ camera, figures }: { readonly camera: Camera; readonly figures: GetFiguresData }) {
  const begin = Date.parse(figures.from);
  const length = Math.max(1, Date.parse(figures.to) - begin);
  return (
    <svg className="camera-strip" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
      <rect className="camera-strip-good" width="1000" height="10" />
      {camera.intervals.map(({ fault, from, to }) => {
        const x = ((Date.parse(from) - begin) / length) * 1_000;
        const end = to === null ? 1_000 : ((Date.parse(to) - begin) / length) * 1_000;
        // As wide as can still be seen.
        return (
          <rect
            key={`${fault} ${from}`}
            className="camera-strip-bad"
            x={x}
            width={Math.max(3, end - x)}
            height="10"
          />
        );
      })}
    </svg>
  );
}

const percent = (share: number): string =>
  `${(share === 1 ? 100 : Math.min(99.99, Math.floor(share * 10_000) / 100)).toFixed(share === 1 ? 0 : 2)} %`;

function faultText(
  interval: Camera["intervals"][number],
  { timeZone }: GetFiguresData,
  words: Words,
): string {
  const { t } = words;
  const fault = alarmTypeText(t, interval.fault);
  const from = timeText(interval.from, words, timeZone);
  if (interval.to === null)
    return t(`reports.chart.${interval.before ? "faultAlways" : "faultSince"}`, { fault, from });
  const to = timeText(interval.to, words, timeZone);
  return t(`reports.chart.${interval.before ? "faultUntil" : "faultFromTo"}`, { fault, from, to });
}
