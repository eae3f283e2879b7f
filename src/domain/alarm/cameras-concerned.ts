import { type AccessPointName, accessPointNames, type DoorName, doorOf, type VestibuleId } from "../names.ts";
import type { AlarmPlace } from "./alarm.ts";

/** Which cameras see what, of one door pair. */
export interface VestibuleCameras {
  readonly id: VestibuleId;
  /** Who stands at the reader. */
  readonly at: Partial<Readonly<Record<AccessPointName, string>>>;
  /** Who is between the doors. */
  readonly between: string | undefined;
}

/** The cameras that may show what an alarm is about, the nearest first; none for one of the whole site. */
export function camerasConcerned(
  { vestibule, door, accessPoint, camera }: AlarmPlace,
  vestibules: readonly VestibuleCameras[],
): readonly string[] {
  if (camera !== undefined) return [camera];
  const here = vestibules.find(({ id }) => id === vestibule);
  if (here === undefined) return [];
  const nearest = accessPoint === undefined ? [] : [here.at[accessPoint]];
  const through = accessPoint === undefined ? door : doorOf(accessPoint);
  const found = [...nearest, ...ofDoor(here, through), here.between];
  return [...new Set(found.filter((one) => one !== undefined))];
}

/** Both sides of the door; of both doors where none is named. */
const ofDoor = ({ at }: VestibuleCameras, door: DoorName | undefined): readonly (string | undefined)[] =>
  accessPointNames.filter((point) => door === undefined || doorOf(point) === door).map((point) => at[point]);
