import type { Cipher } from "../../ports/cipher.ts";
import type { PhotoRef, TemplateCoverage, TemplateStore } from "../../ports/template-store.ts";
import { type Connection, storageFault } from "./connection.ts";
import { sealedTemplate } from "./sealed-photos.ts";

/** Longest reason kept. */
const reasonLength = 500;

/** What one photo has of the models in a JSON list. */
const complete =
  "(SELECT count(*) FROM templates WHERE photo = photos.id AND model IN (SELECT value FROM json_each(@models)))";
const isComplete = `${complete} = json_array_length(@models)`;
const isRefused = "EXISTS (SELECT 1 FROM refused_templates WHERE photo = photos.id AND models = @models)";

interface Models {
  readonly models: string;
}

/** Reads only: no key is needed for it. */
export function prepareCoverage(connection: Connection): TemplateStore["coverage"] {
  const coverage = connection.prepare<[Models], TemplateCoverage>(
    `WITH whole AS MATERIALIZED (
         SELECT photo FROM templates WHERE model IN (SELECT value FROM json_each(@models))
           GROUP BY photo HAVING count(*) = json_array_length(@models)),
       missing AS MATERIALIZED (
         SELECT id, cardholder FROM photos INDEXED BY photos_whose WHERE id NOT IN whole),
       refused AS MATERIALIZED (
         SELECT photo FROM refused_templates WHERE models = @models AND photo IN (SELECT id FROM missing)),
       served AS MATERIALIZED (
         SELECT DISTINCT cardholder FROM photos INDEXED BY photos_whose WHERE id IN whole)
     SELECT enrolled, enrolled - (SELECT count(*) FROM served) AS without,
         (SELECT count(*) FROM missing) - (SELECT count(*) FROM refused) AS due,
         (SELECT count(*) FROM refused) AS refused
       FROM (SELECT count(DISTINCT cardholder) AS enrolled FROM photos)`,
  );
  return (models) => coverage.get(listed(models)) ?? { enrolled: 0, without: 0, due: 0, refused: 0 };
}

/** Reads only, too. */
export function prepareDue(connection: Connection): TemplateStore["due"] {
  const due = connection.prepare<[Models & { limit: number; after: string }], PhotoRef>(
    `SELECT cardholder, id AS photo FROM photos WHERE id > @after AND NOT ${isComplete} AND NOT ${isRefused}
       ORDER BY id LIMIT @limit`,
  );
  return (models, limit, after = "") => due.all({ ...listed(models), limit, after });
}

/** Shares the directory's connection, and so its transactions. */
export function createSqliteTemplates(connection: Connection, cipher: Cipher): TemplateStore {
  const coverage = prepareCoverage(connection);
  const due = prepareDue(connection);
  const refused = connection.prepare<[Models & { limit: number }], PhotoRef & { readonly reason: string }>(
    `SELECT photos.cardholder, photos.id AS photo, refused_templates.reason
       FROM refused_templates JOIN photos ON photos.id = refused_templates.photo
       WHERE refused_templates.models = @models ORDER BY photos.id LIMIT @limit`,
  );
  const exists = connection
    .prepare<[string, string], number>("SELECT 1 FROM photos WHERE id = ? AND cardholder = ?")
    .pluck();
  const put = connection.prepare<[string, string, Uint8Array]>(
    "INSERT OR REPLACE INTO templates (photo, model, descriptor) VALUES (?, ?, ?)",
  );
  const refuse = connection.prepare<[string, string, string]>(
    "INSERT OR REPLACE INTO refused_templates (photo, models, reason) VALUES (?, ?, ?)",
  );
  const retry = connection.prepare<[Models]>("DELETE FROM refused_templates WHERE models = @models");
  const others = connection.prepare<[Models], { model: string; templates: number }>(
    `SELECT model, count(*) AS templates FROM templates
       WHERE model NOT IN (SELECT value FROM json_each(@models)) GROUP BY model ORDER BY model`,
  );
  const removeOthers = connection.prepare<[Models]>(
    "DELETE FROM templates WHERE model NOT IN (SELECT value FROM json_each(@models))",
  );

  const store: TemplateStore = {
    coverage,
    due,
    put: ({ cardholder, photo }, templates) =>
      connection
        .transaction(() => {
          if (exists.get(photo, cardholder) === undefined) return false;
          for (const { model, descriptor } of templates)
            put.run(photo, model, sealedTemplate(cipher, cardholder, photo, model, descriptor));
          return true;
        })
        .immediate(),
    refuse({ cardholder, photo }, models, reason) {
      if (exists.get(photo, cardholder) !== undefined)
        refuse.run(photo, listed(models).models, reason.slice(0, reasonLength));
    },
    refused: (models, limit) => refused.all({ ...listed(models), limit }),
    retry: (models) => void retry.run(listed(models)),
    others: (models) => others.all(listed(models)),
    removeOthers(models) {
      if (models.length === 0) throw new RangeError("every template would be removed");
      const { changes } = removeOthers.run(listed(models));
      if (!connection.inTransaction) connection.pragma("wal_checkpoint(TRUNCATE)");
      return changes;
    },
  };
  return faulting(store);
}

/** Sorted, so that one set of models is one name. */
const listed = (models: readonly string[]): Models => ({ models: JSON.stringify(models.toSorted()) });

function faulting(store: TemplateStore): TemplateStore {
  const guarded =
    <Args extends readonly unknown[], Result>(work: (...args: Args) => Result) =>
    (...args: Args): Result => {
      try {
        return work(...args);
      } catch (error) {
        if (error instanceof RangeError) throw error;
        throw storageFault(error, "the templates could not be read or written");
      }
    };
  return {
    coverage: guarded(store.coverage),
    due: guarded(store.due),
    put: guarded(store.put),
    refuse: guarded(store.refuse),
    refused: guarded(store.refused),
    retry: guarded(store.retry),
    others: guarded(store.others),
    removeOthers: guarded(store.removeOthers),
  };
}
