import { type Card, DirectoryRefusal } from "../../ports/directory.ts";
import { storageFault } from "./connection.ts";

export const notFound = (what: string, name: string): DirectoryRefusal =>
  new DirectoryRefusal("notFound", `there is no ${what} ${name}`);

export const notActive = ({ number, status }: Card): DirectoryRefusal =>
  new DirectoryRefusal("cardNotActive", `card ${number} is ${status}`);

export function faulting<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof DirectoryRefusal || error instanceof RangeError) throw error;
    throw storageFault(error, "the directory of cardholders could not be read or written");
  }
}
