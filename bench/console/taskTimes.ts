import * as v from "valibot";

/**
 * The tasks of a page's main thread, in milliseconds. On a busy machine a task lasts longer than the page works on
 * it, because other processes have the processor in between: only the time of the processor is the page's own.
 */
export type TaskTimes = {
  /** Tasks from whose begin to whose end more than 50 ms passed. */
  readonly longTasks: number;
  /** Tasks that had the processor for more than 50 ms. */
  readonly busyTasks: number;
  readonly longest: number;
  /** The most that one task had the processor. */
  readonly busiest: number;
  /** The processor's time of all tasks. */
  readonly busy: number;
};

const traced = v.object({ traceEvents: v.array(v.record(v.string(), v.unknown())) });
const thread = v.object({ pid: v.number(), tid: v.number() });
const threadName = v.object({
  ...thread.entries,
  name: v.literal("thread_name"),
  args: v.object({ name: v.literal("CrRendererMain") }),
});
/** In microseconds; without `tdur` where it had no time of the processor that could be measured. */
const task = v.object({
  ...thread.entries,
  name: v.literal("ThreadControllerImpl::RunTask"),
  dur: v.number(),
  tdur: v.optional(v.number(), 0),
});

/** @param trace Chrome's, with the category `toplevel`, as JSON */
export function taskTimes(trace: string): TaskTimes {
  const { traceEvents } = v.parse(traced, JSON.parse(trace));
  const threadOf = ({ pid, tid }: v.InferOutput<typeof thread>) => `${pid} ${tid}`;
  const pages = new Set(traceEvents.filter((each) => v.is(threadName, each)).map(threadOf));
  const tasks = traceEvents
    .filter((each) => v.is(task, each))
    .filter((each) => pages.has(threadOf(each)));
  const lasted = tasks.map(({ dur }) => dur / 1000);
  const worked = tasks.map(({ tdur = 0 }) => tdur / 1000);
  return {
    longTasks: lasted.filter(isLong).length,
    busyTasks: worked.filter(isLong).length,
    longest: lasted.reduce((most, each) => Math.max(most, each), 0),
    busiest: worked.reduce((most, each) => Math.max(most, each), 0),
    busy: worked.reduce((sum, each) => sum + each, 0),
  };
}

function isLong(milliseconds: number): boolean {
  return milliseconds > 50;
}
