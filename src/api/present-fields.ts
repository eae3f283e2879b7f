/** The same fields, of which those that may lack their value may be absent instead. */
type Without<Fields, Lacking> = {
  [Name in keyof Fields as Extract<Fields[Name], Lacking> extends never ? Name : never]: Fields[Name];
} & {
  [Name in keyof Fields as Extract<Fields[Name], Lacking> extends never ? never : Name]?: Exclude<
    Fields[Name],
    Lacking
  >;
};

/** Without the fields that were not given: absent is something else than undefined. */
export function given<Fields extends object>(fields: Fields): Without<Fields, undefined> {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as Without<Fields, undefined>; // entries know no names; these are the same ones
}

/** Without the empty ones too. */
export function filled<Fields extends object>(fields: Fields): Without<Fields, undefined | null> {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(kept) as Without<Fields, undefined | null>; // as above
}
