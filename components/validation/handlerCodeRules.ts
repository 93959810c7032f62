import {
  defaultPythonRuntime,
  type HandlerArgs,
  type ImageArgs,
  isPython,
} from "../handlerArgs.ts";
import type { HandlerFacts } from "./handlerFacts.ts";
import { show } from "./problem.ts";
import { known, type Rule } from "./rule.ts";

/** Rules about what a function runs: an entry file and how it is bundled, or a container image. */
export const handlerCodeRules: readonly Rule<HandlerFacts>[] = [
  {
    about: "handler.entry",
    rule: "an existing TypeScript, JavaScript or Python file: a path relative to the program's folder, an absolute path or a file URL; required without `image`",
    severity: "error",
    source: "The handler is bundled from it.",
    check: ({ handler, entryFound }) => {
      if (handler === undefined) return undefined;
      const { entry, image } = handler;
      if (entry !== undefined) return entryProblem(entry, entryFound);
      return image === undefined ? "handler.entry is missing" : undefined;
    },
  },
  {
    about: "handler.image",
    rule: "an image in ECR, without the fields that are for code: entry, runtime, snapStart, bundle, layers",
    severity: "error",
    source: "https://docs.aws.amazon.com/lambda/latest/dg/images-create.html",
    check: ({ handler }) => (handler?.image ? imageProblems(handler, handler.image) : undefined),
  },
  {
    about: "handler.runtime, handler.snapStart, handler.bundle",
    rule: "runtime and snapStart only of handlers in Python, whose bundle has only files; snapStart with an alias on python3.12 or newer, without provisionedConcurrency, fileSystem and ephemeralStorageMb",
    severity: "error",
    source: "https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html",
    check: ({ handler }) => (handler === undefined ? undefined : pythonProblems(handler)),
  },
  {
    about: "handler.bundle.loaders",
    rule: "by extensions with their dot, such as `.html`",
    severity: "error",
    source: "https://esbuild.github.io/api/#loader",
    check: ({ handler }) =>
      Object.keys(handler?.bundle?.loaders ?? {})
        .filter((extension) => !/^\.[^./\\]+(\.[^./\\]+)*$/.test(extension))
        .map(
          (extension) =>
            `handler.bundle.loaders: ${show(extension)} is not an extension such as ".html"`,
        ),
  },
];

function entryProblem(entry: string, found: boolean): string | undefined {
  if (!/\.([cm]?[jt]s|[jt]sx|py)$/.test(entry)) {
    return `handler.entry must be a .ts, .mts, .cts, .tsx, .js, .mjs, .cjs, .jsx or .py file (given ${show(entry)})`;
  }
  if (isPython(entry) && !/(^|[\\/])[A-Za-z_]\w*\.py$/.test(entry)) {
    return `handler.entry: the name of a module in Python has only letters, digits and _ (given ${show(entry)})`;
  }
  return found
    ? undefined
    : `handler.entry: there is no file ${show(entry)} in the project's folder`;
}

function imageProblems(
  { entry, runtime, snapStart, bundle, layers }: Omit<HandlerArgs, "publishes">,
  { uri }: ImageArgs,
): string[] {
  const given = known(uri);
  const ofCode = Object.entries({ entry, runtime, snapStart, bundle, layers });
  return [
    ...ofCode
      .filter(([, value]) => value !== undefined)
      .map(([field]) => `handler.${field} does not apply to handler.image; remove one of them`),
    ...(given === undefined || ecrImage.test(given)
      ? []
      : [
          `handler.image.uri must be an image in ECR, such as "123456789012.dkr.ecr.eu-west-1.amazonaws.com/mail@sha256:...": Lambda runs no other (given ${show(given)})`,
        ]),
  ];
}

/** Of either endpoint, with a tag or a digest or without. */
const ecrImage =
  /^\d{12}\.dkr[.-]ecr(-fips)?\.[a-z0-9-]+\.[a-z0-9.]+\/[a-z0-9._/-]+(:[\w.-]+|@sha256:[0-9a-f]{64})?$/;

function pythonProblems(handler: Omit<HandlerArgs, "publishes">): string[] {
  const { entry, runtime, snapStart, bundle = {} } = handler;
  if (handler.image !== undefined) return [];
  if (!isPython(entry)) {
    return Object.entries({ runtime, snapStart })
      .filter(([, value]) => value !== undefined)
      .map(([field]) => `handler.${field} is for handlers in Python; remove it`);
  }
  const ofEsbuild = Object.keys(bundle).filter((field) => field !== "files");
  return [
    ...ofEsbuild.map(
      (field) => `handler.bundle.${field} is for handlers in TypeScript and JavaScript; remove it`,
    ),
    ...(snapStart ? snapStartProblems(handler) : []),
  ];
}

function snapStartProblems({
  runtime = defaultPythonRuntime,
  alias,
  fileSystem,
  ephemeralStorageMb,
}: Omit<HandlerArgs, "publishes">): string[] {
  const excluded = {
    "alias.provisionedConcurrency": alias?.provisionedConcurrency,
    fileSystem,
    ephemeralStorageMb,
  };
  return [
    ...(alias === undefined
      ? ["handler.snapStart requires handler.alias: Lambda makes snapshots of versions"]
      : []),
    ...(["python3.10", "python3.11"].includes(runtime)
      ? [`handler.snapStart requires python3.12 or newer (given ${show(runtime)})`]
      : []),
    ...Object.entries(excluded)
      .filter(([, value]) => value !== undefined)
      .map(([field]) => `handler.snapStart and handler.${field} exclude each other`),
  ];
}
