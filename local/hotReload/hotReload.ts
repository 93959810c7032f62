import { bundledHandlers } from "../../components/functions/bundle.ts";
import { Reloader, type ReloaderOptions } from "./reloader.ts";
import { SourceWatch } from "./sourceWatch.ts";

export type HotReload = {
  /** What does not compile at present, a text for each cause. */
  problems(): readonly string[];
  close(): void;
};

/**
 * From now on, handlers that are edited and saved run with their next invocation; those at work finish
 * as they began. To be called when the program has run.
 *
 * @throws Error when the system lets no more folders be watched
 */
export async function hotReload(options: ReloaderOptions): Promise<HotReload> {
  const reloader = new Reloader(options);
  await reloader.add(bundledHandlers());
  let building: Promise<void> = Promise.resolve();
  let closed = false;

  async function rebuild(files: ReadonlySet<string>): Promise<void> {
    if (closed) return;
    try {
      // What is new in the folders is watched before it is read, so that no change falls in between.
      watch.add([]);
      await reloader.changed(files, () => closed);
      if (!closed) watch.add(reloader.sources());
    } catch (error) {
      options.say(`The handlers could not be reloaded: ${error}`);
    }
  }

  const watch = new SourceWatch((files) => {
    building = building.then(() => rebuild(files));
  });
  watch.add(reloader.sources());
  return {
    problems: () => reloader.problems(),
    close: () => {
      closed = true;
      watch.close();
    },
  };
}
