import type { Command } from "../command.ts";
import { explain } from "./explain.ts";
import { failures } from "./failures.ts";
import { fault } from "./fault.ts";
import { pause } from "./pause.ts";
import { peek } from "./peek.ts";
import { publish } from "./publish.ts";
import { purge } from "./purge.ts";
import { put } from "./put.ts";
import { quarantine } from "./quarantine.ts";
import { redrive } from "./redrive.ts";
import { replay } from "./replay.ts";
import { resume } from "./resume.ts";
import { run } from "./run.ts";
import { status } from "./status.ts";
import { tail } from "./tail.ts";
import { trace } from "./trace.ts";

export const commands: readonly Command[] = [
  status,
  publish,
  put,
  run,
  explain,
  tail,
  trace,
  failures,
  peek,
  redrive,
  quarantine,
  replay,
  purge,
  pause,
  resume,
  fault,
];
