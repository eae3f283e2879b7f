import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type GetAlarmData, getCardholder } from "../api/client.ts";
import { Kept } from "../cameras/alarm-evidence.tsx";
import { useFetchedPicture } from "../cameras/use-fetched-picture.ts";
import { useMay } from "../live/use-site.ts";
import { personName } from "../texts/person-name.ts";
import { useLanguage } from "../texts/use-language.ts";

export type Cause = GetAlarmData["cause"];

/** Who it should be beside who it was: the enrolled photo and what the camera saw. Each view of either is recorded. */
export function AlarmPictures(props: { readonly cause: Cause; readonly evidence: readonly string[] }) {
  const { t } = useTranslation();
  const { cause, evidence } = props;
  const captured = [...new Set([...(cause?.pictures ?? []), ...evidence.toReversed()])];
  if (captured.length === 0 && (cause?.event.cardholder ?? null) === null) {
    return (
      <p className="empty">
        {t("centre.pictures.noPerson")} {t("centre.pictures.noPicture")}
      </p>
    );
  }
  return (
    <section className="pictures" aria-label={t("centre.pictures.heading")}>
      <figure className="picture">
        <Enrolled cardholder={cause?.event.cardholder ?? null} />
      </figure>
      <figure className="picture">
        <Captured hashes={captured} />
      </figure>
    </section>
  );
}

function Enrolled({ cardholder }: { readonly cardholder: string | null }) {
  const { t } = useTranslation();
  const may = [useMay("seePeople"), useMay("seePhotos")].every(Boolean);
  return (
    <>
      <figcaption>{t("centre.pictures.enrolled")}</figcaption>
      {cardholder === null ? (
        <p className="picture-none">{t("centre.pictures.noPerson")}</p>
      ) : may ? (
        <Portrait cardholder={cardholder} />
      ) : (
        <p className="picture-none">{t("centre.pictures.mayNotSee")}</p>
      )}
    </>
  );
}

function Portrait({ cardholder }: { readonly cardholder: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data, isError } = useQuery({
    queryKey: ["cardholder", cardholder],
    queryFn: ({ signal }) => getCardholder({ id: cardholder }, { signal, watching: true }),
  });
  const photo = data?.photos[0]?.id;
  const address =
    photo === undefined
      ? null
      : `/api/v1/cardholders/${encodeURIComponent(cardholder)}/photos/${encodeURIComponent(photo)}`;
  const fetched = useFetchedPicture(address);
  if (isError) return <p className="picture-none">{t("unknownPerson")}</p>;
  if (data === undefined) return <p className="picture-none">{t("centre.pictures.loading")}</p>;
  const who = personName(data.name, language);
  return (
    <>
      {fetched.is === "picture" ? (
        <img src={fetched.url} alt={t("centre.pictures.enrolledOf", { who })} />
      ) : (
        <p className="picture-none">{t(missing[fetched.is])}</p>
      )}
      <p className="picture-name">{who}</p>
    </>
  );
}

const missing = {
  none: "centre.pictures.noPhoto",
  loading: "centre.pictures.loading",
  missing: "centre.pictures.gone",
  clip: "centre.pictures.gone",
} as const;

function Captured({ hashes }: { readonly hashes: readonly string[] }) {
  const { t } = useTranslation();
  const may = useMay("seeEvidence");
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = hashes.find((hash) => hash === chosen) ?? hashes[0];
  return (
    <>
      <figcaption>{t("centre.pictures.captured")}</figcaption>
      {shown === undefined ? (
        <p className="picture-none">{t("centre.pictures.noPicture")}</p>
      ) : may ? (
        <>
          <Kept key={shown} hash={shown} />
          <div className="picture-others">
            {hashes.length < 2
              ? null
              : hashes.map((hash, index) => (
                  <button
                    key={hash}
                    type="button"
                    className="small"
                    aria-pressed={hash === shown}
                    onClick={() => setChosen(hash)}
                  >
                    {t("cameras.evidenceNumber", { number: index + 1 })}
                  </button>
                ))}
          </div>
        </>
      ) : (
        <p className="picture-none">{t("centre.pictures.mayNotSee")}</p>
      )}
    </>
  );
}
