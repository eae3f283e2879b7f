import "./tour.css";
import { useTranslation } from "react-i18next";
import type { CardholderView } from "../api/site.ts";
import { personName } from "../texts/person-name.ts";
import { useLanguage } from "../texts/use-language.ts";
import { Icon } from "../theme/icons.tsx";
import { nextItem, type TourItem, tourItems } from "./tour.ts";
import type { Tour } from "./use-tour.ts";

/** What to try next, and what has been tried. */
export function TourPanel(props: {
  readonly tour: Tour;
  readonly people: readonly CardholderView[];
  readonly hint: string | null;
}) {
  const { t } = useTranslation();
  const names = useNames(props.people);
  const { done, showing } = props.tour;
  const next = nextItem(done);
  return (
    <section className="panel tour" aria-labelledby="tour-heading">
      <div className="panel-head">
        <h2 id="tour-heading">{t("tour.heading")}</h2>
        <span className="tour-progress">
          {t("tour.progress", { done: done.size, all: tourItems.length })}
        </span>
        {done.size > 0 ? (
          <button type="button" className="quiet small" onClick={props.tour.restart}>
            {t("tour.restart")}
          </button>
        ) : null}
      </div>
      <output className="tour-hint" data-urgent={props.hint !== null}>
        {props.hint ?? (next === undefined ? t("tour.finished") : t(`tour.item.${next}.how`, names))}
      </output>
      <ol className="tour-items">
        {tourItems.map((item) => (
          <li key={item} data-done={done.has(item)} data-next={item === next}>
            <span className="tick" aria-hidden="true">
              {done.has(item) ? "✓" : ""}
            </span>
            <span className="tour-title">
              {t(`tour.item.${item}.title`, names)}
              <span className="visually-hidden">: {t(done.has(item) ? "tour.done" : "tour.open")}</span>
            </span>
            <ShowMe
              item={item}
              showing={showing}
              onShow={() => props.tour.show(item)}
              title={t(`tour.item.${item}.title`, names)}
            />
          </li>
        ))}
      </ol>
    </section>
  );
}

function ShowMe(props: {
  readonly item: TourItem;
  readonly showing: TourItem | null;
  readonly title: string;
  readonly onShow: () => void;
}) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className="quiet small show-me"
      disabled={props.showing !== null}
      aria-label={`${t("tour.showMe")}: ${props.title}`}
      onClick={props.onShow}
    >
      {props.showing === props.item ? null : <Icon name="play" />}
      {t(props.showing === props.item ? "tour.showing" : "tour.showMe")}
    </button>
  );
}

function useNames(people: readonly CardholderView[]): { readonly name: string; readonly other: string } {
  const { t } = useTranslation();
  const language = useLanguage();
  const [first, second] = people;
  return {
    name: first === undefined ? t("somebody") : personName(first.name, language),
    other: second === undefined ? t("somebody") : personName(second.name, language),
  };
}
