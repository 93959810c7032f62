import type { DatabaseSync } from "node:sqlite";
import { DatabaseStateStore } from "../engine/state/databaseStateStore.ts";
import { MadeResources } from "../provider/madeResources.ts";

/**
 * Brings what was kept of resources to where the endpoint is now: URLs of queues name its port, and with
 * them ids, outputs and the environment of functions.
 *
 * @param url of the endpoint: `http://127.0.0.1:4566`
 */
export function followEndpoint(store: DatabaseSync, url: string): void {
  store.exec("CREATE TABLE IF NOT EXISTS endpoint (url TEXT NOT NULL) STRICT");
  const before = store.prepare("SELECT url FROM endpoint").get()?.url;
  if (before === url) return;
  if (before !== undefined) {
    for (const kept of [DatabaseStateStore, MadeResources]) {
      kept.replaceText(store, `${before}/`, `${url}/`);
    }
  }
  store.exec("DELETE FROM endpoint");
  store.prepare("INSERT INTO endpoint (url) VALUES (?)").run(url);
}
