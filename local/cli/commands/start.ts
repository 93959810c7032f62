import { hopLine } from "../../console/hopLine.ts";
import { shortName } from "../../console/shortName.ts";
import { welcome } from "../../console/welcome.ts";
import { findProject, readProject } from "../../engine/program/project.ts";
import type { Examples } from "../../examples.ts";
import { defaultStack } from "../../run/defaultStack.ts";
import { type LocalCloud, openEmptyCloud } from "../../run/localCloud.ts";
import { startProject } from "../../run/projectRun.ts";
import { regionOf } from "../../run/region.ts";
import { updateOnChange } from "../../run/updateOnChange.ts";
import { OtlpExporter } from "../../trace/otlp/otlpExporter.ts";
import type { LogEntry } from "../../services/lambda/environments/environmentLog.ts";
import { emptyCloudData, regionOfData } from "../emptyCloudData.ts";
import { interrupted } from "../interrupted.ts";
import { type StartCommand, type StartOptions, startOptions, startUsage } from "../startOptions.ts";

/** What a repository with systems of its own adds to the command. */
export type Offer = StartCommand & {
  /** @default none */
  readonly examples?: Examples;
  /** The setting that names the systems to start, by full key. */
  readonly systemsSetting?: string;
};

/**
 * `fanout start`: runs a program on the local cloud until Ctrl-C.
 *
 * @returns the exit code
 * @throws Error with a message for the user
 */
export async function start(
  argv: readonly string[],
  offer: Offer = { call: "fanout start" },
): Promise<number> {
  const options = startOptions(argv, offer);
  if (options.help) {
    console.log(startUsage(offer));
    return 0;
  }
  return options.empty ? serveEmpty(options) : serveProgram(options, offer);
}

async function serveEmpty(options: StartOptions): Promise<number> {
  const dataDirectory =
    options.dataDirectory ?? emptyCloudData(findProject(process.cwd())?.root ?? process.cwd());
  const local = await openEmptyCloud({
    ...options,
    ...logging(options),
    region: regionOfData(dataDirectory, undefined, regionOf({})),
    dataDirectory,
  });
  return serve(local, options, [
    `An empty local cloud (region ${local.cloud.region}); deploy to it by "fanout pulumi up"`,
  ]);
}

async function serveProgram(options: StartOptions, offer: Offer): Promise<number> {
  const { systems, reload } = options;
  const { examples = {}, systemsSetting } = offer;
  const stack = options.stack ?? defaultStack(readProject().stackDirectory);
  const run = await startProject({
    ...options,
    ...logging(options),
    stack,
    examples,
    ...(systems !== undefined &&
      systemsSetting !== undefined && { config: { [systemsSetting]: JSON.stringify(systems) } }),
    print: (stream, text) => process[stream].write(text),
  });
  const watch = reload ? updateOnChange(run, console.log) : undefined;
  const { project, url, cloud } = run;
  const code = await serve(run, options, [
    welcome({
      ...options,
      url,
      cloud,
      stack,
      examples,
      project: project.name,
      ...run.latest(),
    }),
  ]);
  watch?.close();
  return code;
}

/** Serves until Ctrl-C. The line that begins with `ready` is for programs that wait for it. */
async function serve(
  local: Pick<LocalCloud, "cloud" | "url" | "close">,
  { otlp }: StartOptions,
  lines: readonly string[],
): Promise<number> {
  const end = interrupted();
  console.log([...lines, `ready ${local.url}`].join("\n"));
  const colours = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  local.cloud.trace.listen((hop) => console.log(hopLine(hop, colours)));
  const exporter = otlp && new OtlpExporter(local.cloud.trace, { url: otlp, onFailure: warn });
  await end;
  if (exporter) await exporter.close();
  await local.close();
  return 0;
}

function warn(message: string): void {
  console.error(message);
}

function logging({ logs }: StartOptions) {
  return logs ? { onLog: printLog } : {};
}

function printLog({ functionArn, text }: LogEntry): void {
  const name = shortName(functionArn);
  for (const line of text.trimEnd().split("\n")) console.log(`${name} | ${line}`);
}
