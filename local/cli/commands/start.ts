import { hopLine } from "../../console/hopLine.ts";
import { welcome } from "../../console/welcome.ts";
import { findProject, readProject } from "../../engine/project/project.ts";
import { defaultStack } from "../../run/defaultStack.ts";
import { type LocalCloud, openEmptyCloud } from "../../run/localCloud.ts";
import { startProject } from "../../run/projectRun.ts";
import { regionOf } from "../../run/region.ts";
import { updateOnChange } from "../../run/updateOnChange.ts";
import type { LogEntry } from "../../services/lambda/environments/environmentLog.ts";
import type { Examples } from "../../systems/examples.ts";
import { RunSummary } from "../../terminal/runSummary.ts";
import { StatusLine } from "../../terminal/statusLine.ts";
import { waitFor } from "../../terminal/waiting.ts";
import { wrapLine } from "../../terminal/wrapLine.ts";
import { OtlpExporter } from "../../trace/otlp/otlpExporter.ts";
import { shortName } from "../../trace/shortName.ts";
import { emptyCloudData, localBackend, regionOfData } from "../emptyCloudData.ts";
import { interrupted } from "../interrupted.ts";
import { printHelp } from "../printHelp.ts";
import { printInTurns } from "../printInTurns.ts";
import { deployedOutputs } from "../pulumi/deployedOutputs.ts";
import { agreedSettings } from "../pulumi/stackSettings.ts";
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
    printHelp(startUsage(offer));
    return 0;
  }
  return options.empty ? serveEmpty(options) : serveProgram(options, offer);
}

async function serveEmpty(options: StartOptions): Promise<number> {
  const project = findProject(process.cwd());
  const root = project?.root ?? process.cwd();
  const dataDirectory = options.dataDirectory ?? emptyCloudData(root);
  const status = new StatusLine(process.stdout);
  const local = await openEmptyCloud({
    ...options,
    ...logging(options, status),
    region: regionOfData(
      dataDirectory,
      undefined,
      regionOf(project ? agreedSettings(project) : {}),
    ),
    dataDirectory,
    deployedOutputs: deployedOutputs(localBackend(root)),
  });
  return serve(local, options, status, [
    `An empty local cloud (region ${local.cloud.region}); deploy to it by "fanout pulumi up"`,
  ]);
}

async function serveProgram(options: StartOptions, offer: Offer): Promise<number> {
  const { systems, reload } = options;
  const { examples = {}, systemsSetting } = offer;
  const stack = options.stack ?? defaultStack(readProject());
  const status = new StatusLine(process.stdout);
  const starting = startProject({
    ...options,
    ...logging(options, status),
    stack,
    examples,
    ...(systems !== undefined &&
      systemsSetting !== undefined && { config: { [systemsSetting]: JSON.stringify(systems) } }),
    print: (stream, text) => {
      status.clear();
      process[stream].write(text);
    },
  });
  const run = await waitFor(starting, "Running the program", status, console.error);
  const watch = reload ? updateOnChange(run, (line) => status.print(line)) : undefined;
  const { project, url, cloud } = run;
  const code = await serve(run, options, status, [
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
  local: Pick<LocalCloud, "cloud" | "records" | "url" | "close">,
  { otlp }: StartOptions,
  status: StatusLine,
  lines: readonly string[],
): Promise<number> {
  const end = interrupted();
  console.log([...lines, `ready ${local.url}`].join("\n"));
  const colours = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  const print = printInTurns((lines) => status.print(lines));
  local.cloud.trace.listen((hop) => print(wrapLine(hopLine(hop, colours), status.columns)));
  const ended = status.isLive ? summarize(local, status) : () => {};
  const warn = (message: string) => status.print(message);
  const exporter = otlp && new OtlpExporter(local.cloud.trace, { url: otlp, onFailure: warn });
  await end;
  if (exporter) await exporter.close();
  ended();
  await local.close();
  return 0;
}

/** How often the summary is written anew, in milliseconds. */
const summaryMilliseconds = 500;

/** @returns ends it */
function summarize(
  { cloud, records }: Pick<LocalCloud, "cloud" | "records">,
  status: StatusLine,
): () => void {
  const summary = new RunSummary(cloud, records);
  const timer = setInterval(() => status.set(summary.line()), summaryMilliseconds);
  return () => {
    clearInterval(timer);
    status.clear();
  };
}

function logging({ logs }: StartOptions, status: StatusLine) {
  return logs ? { onLog: (entry: LogEntry) => printLog(entry, status) } : {};
}

function printLog({ functionArn, text }: LogEntry, status: StatusLine): void {
  const name = shortName(functionArn);
  for (const line of text.trimEnd().split("\n")) status.print(`${name} | ${line}`);
}
