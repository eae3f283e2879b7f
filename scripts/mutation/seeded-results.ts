/** What became of each seeded mistake in the last complete run, from the repository's root. */
export const seededResults = "artifacts/mutation/seeded.json";
