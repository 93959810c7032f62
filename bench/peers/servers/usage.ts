import { readdirSync, readFileSync } from "node:fs";

export type Usage = {
  /** Processor time of the server's own process, in seconds. */
  readonly own: number;
  /** The same with all processes that it has started. */
  readonly all: number;
  /** Resident memory of the server's own process, in MiB. */
  readonly memory: number;
};

/** What Linux counts processor time in, to a second. */
const ticks = 100;

const pageBytes = 4096;

/** The processor time and the memory of a process until now, from Linux's /proc. */
export function usageOf(root: number): Usage {
  const processes = readProcesses();
  const own = processes.get(root);
  if (own === undefined) throw new Error(`the server (process ${root}) has ended`);
  const family = [...processes.values()].filter((each) => descends(each, root, processes));
  return {
    own: own.alone / ticks,
    all: family.reduce((sum, { alone, ended }) => sum + alone + ended, 0) / ticks,
    memory: (own.pages * pageBytes) / 2 ** 20,
  };
}

type Process = {
  readonly pid: number;
  readonly parent: number;
  readonly alone: number;
  /** The time of its children that have ended. */
  readonly ended: number;
  readonly pages: number;
};

function readProcesses(): Map<number, Process> {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return new Map(pids.flatMap((pid) => readProcess(Number(pid))).map((each) => [each.pid, each]));
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function readProcess(pid: number): Process[] {
  const text = statOf(pid);
  if (text === undefined) return [];
  // The name, the second field, may contain spaces.
  const fields = text
    .slice(text.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const field = (number: number) => fields[number - 3] ?? 0;
  return [
    {
      pid,
      parent: field(4),
      alone: field(14) + field(15),
      ended: field(16) + field(17),
      pages: field(24),
    },
  ];
}

/** Undefined for a process that has ended in the meantime. */
function statOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, "latin1");
  } catch {
    return undefined;
  }
}

function descends(process: Process, root: number, all: ReadonlyMap<number, Process>): boolean {
  if (process.pid === root) return true;
  const parent = all.get(process.parent);
  return parent !== undefined && descends(parent, root, all);
}
