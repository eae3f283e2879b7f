import { storageFault } from "./connection.ts";

/** A write to the accounts: what SQLite refuses is a StorageFault. */
export function operatorsWriting<Result>(write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    throw storageFault(error, "the operators' accounts could not be written");
  }
}
