import path from "node:path";
import type { buildHandlers, HandlerFile } from "./buildHandlers.ts";
import { hasBundle, prepareBundles, removeUnused, writeBundle } from "./bundleFolder.ts";
import { type Build, BuildCache } from "./cache/buildCache.ts";
import { installedBuildVersion } from "./cache/buildVersion.ts";
import { fileSystemTime } from "./cache/fileSystemTime.ts";

/**
 * The bundles of handlers. Those whose last build has nothing changed in it are taken from the folder of
 * bundles; the others are built, all in one run.
 *
 * @param folder full path of the program's folder
 * @param bundles full path of the folder of bundles
 * @param build builds handlers. @default by esbuild, which is loaded for it
 * @returns the bundles in the order given
 * @throws pulumi.RunError when a handler does not compile or exports no handler
 */
export async function bundleHandlers(
  handlers: readonly HandlerFile[],
  folder: string,
  bundles: string,
  build: typeof buildHandlers = buildByEsbuild,
): Promise<Build[]> {
  const cache = new BuildCache(folder, bundles);
  const found = new Map<HandlerFile, Build>();
  for (const handler of handlers) {
    const last = await cache.find(handler);
    if (last !== undefined && (await hasBundle(last.folder, last.sizes))) found.set(handler, last);
  }
  const changed = handlers.filter((handler) => !found.has(handler));
  if (changed.length > 0) {
    await prepareBundles(bundles);
    const since = await fileSystemTime(bundles);
    const built = await buildAndWrite(changed, folder, bundles, build);
    await cache.remember(built, since);
    for (const [handler, each] of built) found.set(handler, each);
  }
  await removeUnused(bundles);
  return handlers.map((handler) => present(found.get(handler), handler));
}

async function buildAndWrite(
  handlers: readonly HandlerFile[],
  folder: string,
  bundles: string,
  build: typeof buildHandlers,
): Promise<[HandlerFile, Build][]> {
  const built = await build(handlers, folder);
  return Promise.all(
    handlers.map(async (handler, number): Promise<[HandlerFile, Build]> => {
      const { files, consulted } = present(built[number], handler);
      const written = await writeBundle(bundles, path.posix.basename(handler.name), files);
      const sizes = Object.entries(files).map(([name, content]) => [name, content.length]);
      return [handler, { folder: written, sizes: Object.fromEntries(sizes), consulted }];
    }),
  );
}

let builder: Promise<typeof import("./buildHandlers.ts")> | undefined;

/** Loads at once what is otherwise loaded when a handler has to be built. */
export function preloadBuilder(): void {
  installedBuildVersion();
  // A failure is reported by the builds, which wait for it.
  loadBuilder().catch(() => {});
}

async function buildByEsbuild(...args: Parameters<typeof buildHandlers>) {
  const { buildHandlers } = await loadBuilder();
  return buildHandlers(...args);
}

function loadBuilder() {
  builder ??= import("./buildHandlers.ts");
  return builder;
}

function present<T>(build: T | undefined, { file }: HandlerFile): T {
  if (build === undefined) throw new Error(`${file} was not built`);
  return build;
}
