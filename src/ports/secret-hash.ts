/** Hashes what people know by heart, slowly on purpose and off the loop that decides. */
export interface SecretHash {
  /** In PHC form, with a salt of its own. */
  hash(secret: string): Promise<string>;
  /** Takes as long whatever the answer. */
  verify(secret: string, hash: string): Promise<boolean>;
}
